import pino from 'pino'
import { openHost } from './hosting.ts'

// A game host as a process of its own, logging as in production, for tests that end it and for the benchmark: `node test/host-process.ts <appUrl> <folder> <port> [gamesOrigin]`.
const [appUrl = '', folder = '', port = '0', gamesOrigin = `http://127.0.0.1:${port}`] = process.argv.slice(2)
const host = await openHost({ appUrl, folder, gamesOrigin, log: pino(pino.destination(2)) })
await host.app.listen({ host: '127.0.0.1', port: Number(port) })
process.on('SIGTERM', () => {
  host.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
