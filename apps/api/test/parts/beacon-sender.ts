import { connect, type Socket } from 'node:net'

export interface SentBeacon {
  body: string
  /** When the host's 204 arrived, on this process's monotonic clock. */
  answeredAt?: number
  /** The last host that was asked. */
  port?: number
}

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0'

/**
 * Posts beacons to one host over kept-open connections, each from a network of its own (Linux takes the whole of
 * 127.0.0.0/8 for local), one after the other without waiting for the answers (HTTP/1.1 pipelining): cheap enough to
 * leave the processor to the hosts.
 */
export function openBeaconSender(port: number, connections: number) {
  const lines = Array.from({ length: connections }, (_, i) => openLine(port, `127.0.${i + 1}.1`))
  let next = 0
  return {
    send(beacon: SentBeacon): void {
      lines[(next += 1) % connections]?.send(beacon)
    },
    /** What has been sent and not been answered. */
    unanswered: () => lines.flatMap((line) => line.waiting),
    /** What was answered with anything but 204. */
    refused: () => lines.flatMap((line) => line.refused),
    close: () => lines.forEach((line) => line.socket.destroy()),
  }
}

interface Line {
  socket: Socket
  waiting: SentBeacon[]
  refused: string[]
  send(beacon: SentBeacon): void
}

function openLine(port: number, localAddress: string): Line {
  const socket = connect({ port, host: '127.0.0.1', localAddress }).setNoDelay(true).setEncoding('utf8')
  const line: Line = {
    socket,
    waiting: [],
    refused: [],
    send(beacon) {
      beacon.port = port
      line.waiting.push(beacon)
      socket.write(
        `POST /_e HTTP/1.1\r\nhost: games.example.test\r\nuser-agent: ${browser}\r\ncontent-type: text/plain\r\ncontent-length: ${beacon.body.length}\r\n\r\n${beacon.body}`,
      )
    },
  }
  let rest = ''
  socket.on('data', (chunk) => {
    // Replies to beacons have no body, so each empty line ends one.
    const replies = (rest + chunk).split('\r\n\r\n')
    rest = replies.pop() ?? ''
    for (const reply of replies) {
      const beacon = line.waiting.shift()
      if (reply.startsWith('HTTP/1.1 204') && beacon) beacon.answeredAt = performance.now()
      else line.refused.push(reply.slice(0, 200))
    }
  })
  // A host that is killed resets its connections: what waited is told by `unanswered`.
  socket.on('error', () => socket.destroy())
  return line
}
