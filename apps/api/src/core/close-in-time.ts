import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The part of a Fastify application that this needs: the studio's and the games' are typed differently. */
interface Closing {
  server: Server
  addHook(name: 'preClose', hook: () => Promise<void>): unknown
}

/** Requests get this long to be answered; what the stop writes down afterwards has its own time (`hurrySeconds`). */
const lastAnswersMs = 4000

/**
 * Lets a server close while clients hold connections to it, in `patienceMs` at the most. Left alone, `server.close()` of
 * Node 24 waits for two kinds: those a browser opened before it needed them, up to the time limit of their first request
 * (https://github.com/nodejs/node/issues/63452), and those whose last request was still being answered, for as long as
 * they are kept alive. One open page would hold up every stop, and all that is written down at its end. The first kind is
 * ended at once, the second as soon as its answer is out; who is still sending or receiving after `patienceMs` is cut.
 */
export function closeInTime(app: Closing, patienceMs = lastAnswersMs): void {
  const { server } = app
  const open = new Set<Socket>()
  let closing = false
  server.on('connection', (socket) => {
    if (closing) return void socket.destroy()
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('preClose', async () => {
    closing = true
    server.keepAliveTimeout = 1
    server.keepAliveTimeoutBuffer = 0
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    const cut = setTimeout(() => server.closeAllConnections(), patienceMs)
    server.once('close', () => clearTimeout(cut))
  })
}
