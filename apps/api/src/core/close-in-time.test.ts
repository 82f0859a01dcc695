import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import { expect, test, vi } from 'vitest'
import { closeInTime } from './close-in-time.ts'

/** A server without time limits of its own, so that a connection nobody lets go holds its stop up for good. */
async function openServer(patienceMs: number) {
  const app = Fastify({ requestTimeout: 0 })
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<string>()
  closeInTime(app, patienceMs)
  app.get('/', () => {
    asked.resolve()
    return answer.promise
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  /** Both ends of a new connection. */
  async function dial(): Promise<{ here: Socket; there: Socket }> {
    const arrived = once(app.server, 'connection')
    const here = connect(port, '127.0.0.1')
    here.on('error', () => undefined).resume()
    const [there] = (await arrived) as [Socket]
    return { here, there }
  }
  return { app, asked: asked.promise, answer: answer.resolve, dial, address: `http://127.0.0.1:${port}/` }
}

test('a connection opened and never used does not hold the stop up, and what is asked is still answered', async () => {
  const { app, asked, answer, dial, address } = await openServer(60_000)
  const { here: unused } = await dial()
  const reply = fetch(address)
  await asked

  const ended = once(unused, 'close')
  const closed = app.close()
  await ended
  answer('the last answer')
  expect(await (await reply).text()).toBe('the last answer')
  await closed
})

test('a request that does not come to its end is cut when the patience is over', async () => {
  const { app, dial } = await openServer(50)
  const { here, there } = await dial()
  here.write('GET / HTTP/1.1\r\nhost: ')
  await vi.waitUntil(() => there.bytesRead > 0, { timeout: 20_000 })
  await Promise.all([once(here, 'close'), app.close()])
  expect(here.destroyed).toBe(true)
})
