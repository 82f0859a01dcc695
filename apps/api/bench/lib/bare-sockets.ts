import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** The peer of the comparison, in a process of its own: a server that sends what it is told to everybody, and knows nothing. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.once('listening', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ address: `http://127.0.0.1:${port}` })
})
process.on('message', (payload: string) => {
  for (const client of server.clients) client.send(payload)
})
