import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'

/** What the parent process asks of the clients, which live in a process of their own. */
export type Order =
  | { do: 'open'; sockets: { url: string; token: string }[] }
  | { do: 'close' }
  | { do: 'churn'; url: string; tokens: string[]; after: number; total: number }

/** What they answer. `at` is of the clock that all processes of the machine share, in nanoseconds. */
export type Answer =
  | { is: 'open' | 'closed' }
  | { is: 'heard'; n: number; at: string }
  | { is: 'settled'; digests: string[]; drops: number }

const atOnce = 25
const sockets: WebSocket[] = []
/** How many have not heard a sample yet. */
const waiting = new Map<number, number>()
const answer = (message: Answer) => process.send?.(message)

process.on('message', (order: Order) => {
  if (order.do === 'open') void open(order.sockets).then(() => answer({ is: 'open' }))
  else if (order.do === 'churn') void churn(order).then(answer)
  else void close().then(() => answer({ is: 'closed' }))
})

function connect(url: string, token: string): WebSocket {
  return new WebSocket(url, { headers: token ? { authorization: `Bearer ${token}` } : {}, perMessageDeflate: false })
}

async function open(all: { url: string; token: string }[]): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(
      all.slice(from, from + atOnce).map(async ({ url, token }) => {
        const socket = connect(url, token)
        sockets.push(socket)
        socket.on('message', (raw: Buffer) => hear(raw))
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
      }),
    )
  // What belongs to the coming in (who joined) is over before anything is measured.
  await sleep(3000)
}

/** Looks for the sample's number only: a thousand times as much reading would be the clients' time and not the server's. */
function hear(raw: Buffer): void {
  const text = raw.toString('latin1')
  const place = text.indexOf('"n":')
  if (place < 0) return
  const n = Number.parseInt(text.slice(place + 4), 10)
  const left = (waiting.get(n) ?? sockets.length) - 1
  waiting.set(n, left)
  if (left === 0) answer({ is: 'heard', n, at: String(process.hrtime.bigint()) })
}

async function close(): Promise<void> {
  const gone = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
  for (const socket of sockets) socket.terminate()
  await Promise.all(gone)
  sockets.length = 0
  waiting.clear()
}

/** Clients that drop all the time, each at a number of its own, and come back with `?after=` the last they have. */
async function churn({ url, tokens, after, total }: Extract<Order, { do: 'churn' }>): Promise<Answer> {
  let drops = 0
  const digests = await Promise.all(
    tokens.map(async (token, i) => {
      const digest = createHash('sha256')
      let last = after
      for (let life = 0; last < total; life += 1) {
        const socket = connect(`${url}?after=${last}`, token)
        const patience = 100 + ((i * 37 + life * 101) % 900)
        let taken = 0
        socket.on('message', (raw: Buffer) => {
          const { seq, id } = JSON.parse(raw.toString()) as { seq?: number; id?: string }
          if (seq === undefined || socket.readyState !== WebSocket.OPEN) return
          digest.update(`${seq} ${id}\n`)
          last = seq
          taken += 1
          if (taken >= patience || seq >= total) socket.terminate()
        })
        socket.on('error', () => undefined)
        await new Promise((resolve) => socket.once('close', resolve))
        drops += 1
      }
      return digest.digest('hex')
    }),
  )
  return { is: 'settled', digests, drops: drops - tokens.length }
}
