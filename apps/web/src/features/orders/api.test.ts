import { expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { addPhoto } from './api.ts'

const ticketOf = (count: number) => ({
  uploadId: `upload-${count}`,
  upload: { method: 'PUT', url: '/_uploads/t', headers: {} },
  resumable: { url: '/_resumable/t', chunkBytes: 1 },
  expiresAt: '2026-11-21T10:00:00.000000Z',
})

test('a late photo whose answer was lost goes again as the same one; a refused one begins anew', async () => {
  const answers = ['cut', { status: 500, body: problem(500, 'internal') }] as const
  const { calls } = await apiServer({
    'POST /public/orders/t/uploads': (_call, count) => ({ status: 201, body: ticketOf(count) }),
    'GET /_resumable/t': () => ({ status: 200, body: { receivedBytes: 3, sizeBytes: 3, chunkBytes: 1 } }),
    'POST /public/orders/t/photos': (_call, count) =>
      answers[count] ??
      (count === 2 ? { status: 409, body: problem(409, 'upload.not_open') } : { status: 201, body: {} }),
  })
  const file = new File(['abc'], 'rex.png', { type: 'image/png' })
  const asked = (path: string) => calls.filter((call) => call.path === path)
  const sent = () =>
    asked('/public/orders/t/photos').map(({ body, headers }) => [JSON.parse(body).uploadId, headers['idempotency-key']])
  await expect(addPhoto('t', file, {})).rejects.toMatchObject({ status: 0 })
  await expect(addPhoto('t', file, {})).rejects.toMatchObject({ status: 500 })
  await expect(addPhoto('t', file, {})).rejects.toMatchObject({ status: 409 })
  const same = ['upload-0', 'upload-0']
  expect(sent()).toEqual([same, same, same])
  expect([asked('/public/orders/t/uploads'), asked('/_resumable/t')].map(({ length }) => length)).toEqual([1, 1])
  await addPhoto('t', file, {})
  expect(sent().at(-1)).toEqual(['upload-1', 'upload-1'])
})
