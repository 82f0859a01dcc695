import { afterEach, expect, test, vi } from 'vitest'
import { uploadInPieces } from './upload-pieces.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test("a proxy's own page while the server restarts is waited out like any other loss", async () => {
  vi.useFakeTimers()
  const answers = [
    new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } }),
    Response.json({ receivedBytes: 3 }),
  ]
  const asked = vi.fn<() => Promise<Response>>(async () => answers.shift() ?? Response.error())
  vi.stubGlobal('fetch', asked)
  const sent = vi.fn<(share: number) => void>()
  const done = uploadInPieces({ url: '/piece', chunkBytes: 10 }, new Blob(['abc']), { onProgress: sent })
  await vi.advanceTimersByTimeAsync(5000)
  await done
  expect([asked.mock.calls.length, sent.mock.calls]).toEqual([2, [[1]]])
})
