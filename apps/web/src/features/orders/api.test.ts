import { expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { addPhoto, placeOrder, type OrderBody } from './api.ts'

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

test('an order goes by the route of its sender, and not while somebody else or nobody is signed in', async () => {
  const receipt = { orderNumber: 'S-1', trackingUrl: '/track/t' }
  const nobody = { status: 401, body: problem(401, 'auth.unauthenticated') }
  const asMe = (id: string, slug: string) => ({ status: 200, body: { user: { id }, organization: { slug } } })
  const answers = [nobody, asMe('u2', 'sparkle'), asMe('u1', 'elsewhere'), asMe('u1', 'sparkle')]
  const { calls } = await apiServer({
    'GET /me': (_call, count) => answers[count] ?? nobody,
    'POST /auth/refresh': () => nobody,
    'POST /orders': () => ({ status: 201, body: receipt }),
    'POST /public/studios/sparkle/orders': () => ({ status: 201, body: receipt }),
  })
  const body = {} as OrderBody
  const place = (sender: string | null) => placeOrder('sparkle', { body, key: 'k', sender })
  for (const [count] of answers.slice(1).entries())
    await expect(place('u1'), `${count}`).rejects.toMatchObject({ status: 401 })
  const posted = () => calls.filter(({ path }) => path.endsWith('/orders')).map(({ path }) => path)
  expect(posted()).toEqual([])
  expect(await place('u1')).toEqual(receipt)
  expect(await place(null)).toEqual(receipt)
  expect(posted()).toEqual(['/orders', '/public/studios/sparkle/orders'])
})
