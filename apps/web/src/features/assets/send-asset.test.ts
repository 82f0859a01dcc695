import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { sendVersion } from './send-asset.ts'

const ticket = {
  number: 2,
  upload: { method: 'PUT', url: '/_uploads/t', headers: {} },
  resumable: { url: '/_resumable/t', chunkBytes: 1 },
  expiresAt: '2026-11-21T10:00:00.000000Z',
}

test('a version that was paused goes on with what has arrived; one that was refused begins anew', async () => {
  const pause = new AbortController()
  const { calls } = await apiServer({
    'POST /assets/a/versions': () => ({ status: 201, body: ticket }),
    'GET /_resumable/t': (_call, count) => {
      if (count > 0) return { status: 200, body: { receivedBytes: 3, sizeBytes: 3, chunkBytes: 1 } }
      pause.abort()
      return 'hang'
    },
    'POST /assets/a/versions/2/complete': (_call, count) =>
      count === 0
        ? { status: 422, body: { code: 'upload.other_bytes', status: 422 } }
        : { status: 200, body: { number: 2 } },
  })
  const file = new File(['abc'], 'rex.png', { type: 'image/png' })
  const tickets = () => calls.filter(({ path }) => path === '/assets/a/versions').length
  await expect(sendVersion('a', file, { signal: pause.signal })).rejects.toThrow()
  await expect(sendVersion('a', file, {})).rejects.toMatchObject({ status: 422 })
  expect(tickets(), 'the same ticket after a pause').toBe(1)
  expect(await sendVersion('a', file, {})).toEqual({ number: 2 })
  expect(tickets(), 'another one after a refusal').toBe(2)
})
