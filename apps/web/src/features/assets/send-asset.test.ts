import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { sendVersion } from './send-asset.ts'

const ticket = {
  number: 2,
  upload: { method: 'PUT', url: '/_uploads/t', headers: {} },
  resumable: { url: '/_resumable/t', chunkBytes: 1 },
  expiresAt: '2026-11-21T10:00:00.000000Z',
}

test('a version that broke off goes on with what has arrived; one that was refused begins anew', async () => {
  const complete = ['cut', { status: 422, body: { code: 'upload.other_bytes', status: 422 } }] as const
  const { calls } = await apiServer({
    'POST /assets/a/versions': () => ({ status: 201, body: ticket }),
    'GET /_resumable/t': () => ({ status: 200, body: { receivedBytes: 3, sizeBytes: 3, chunkBytes: 1 } }),
    'POST /assets/a/versions/2/complete': (_call, count) => complete[count] ?? { status: 200, body: { number: 2 } },
  })
  const file = new File(['abc'], 'rex.png', { type: 'image/png' })
  const tickets = () => calls.filter(({ path }) => path === '/assets/a/versions').length
  await expect(sendVersion('a', file, {})).rejects.toMatchObject({ status: 0 })
  await expect(sendVersion('a', file, {})).rejects.toMatchObject({ status: 422 })
  expect(tickets(), 'the same ticket after it broke off').toBe(1)
  expect(await sendVersion('a', file, {})).toEqual({ number: 2 })
  expect(tickets(), 'another one after a refusal').toBe(2)
})

test('the same file for another asset has a ticket of its own', async () => {
  const { calls } = await apiServer({
    'POST /assets/a/versions': () => ({ status: 201, body: ticket }),
    'POST /assets/b/versions': () => ({ status: 201, body: { ...ticket, number: 7 } }),
    'GET /_resumable/t': () => ({ status: 200, body: { receivedBytes: 3, sizeBytes: 3, chunkBytes: 1 } }),
    'POST /assets/a/versions/2/complete': (_call, count) =>
      count === 0 ? 'cut' : { status: 200, body: { number: 2 } },
    'POST /assets/b/versions/7/complete': () => ({ status: 200, body: { number: 7 } }),
  })
  const file = new File(['abc'], 'rex.png', { type: 'image/png' })
  await expect(sendVersion('a', file, {})).rejects.toMatchObject({ status: 0 })
  expect(await sendVersion('b', file, {})).toEqual({ number: 7 })
  expect(await sendVersion('a', file, {}), 'and the first goes on where it broke off').toEqual({ number: 2 })
  expect(calls.filter(({ path }) => path === '/assets/a/versions')).toHaveLength(1)
})
