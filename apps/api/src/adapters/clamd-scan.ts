import { connect, type Socket } from 'node:net'
import type { Verdict, VirusScanner } from './virus-scan.ts'

const chunkBytes = 64 * 1024
const patienceMs = 30_000
const probePatienceMs = 2500

/** clamd cannot be reached, or hung up, or did not answer in time. */
class NoAnswerError extends Error {}
class TooSlowError extends NoAnswerError {}

/**
 * clamd over its socket, by the commands PING and INSTREAM (clamd(8)). `url` is `tcp://host:3310` or
 * `unix:///run/clamav/clamd.ctl`.
 */
export function createClamdScanner(url: string): VirusScanner {
  const open = opener(url)

  /** Sends a command and answers what comes back until clamd hangs up. */
  function ask(command: string, write: (socket: Socket) => void, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = open()
      let answer = ''
      const fail = (error: Error) => {
        socket.destroy()
        // It answers before it resets the connection of a file that is too large.
        if (answer) resolve(answer)
        else reject(error)
      }
      socket.setTimeout(timeoutMs, () => fail(new TooSlowError(`No answer within ${timeoutMs} ms.`)))
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
      socket.on('error', (error: NodeJS.ErrnoException) => fail(new NoAnswerError(`No connection (${error.code}).`)))
      socket.on('end', () => fail(new NoAnswerError('It hung up.')))
      socket.write(`z${command}\0`)
      write(socket)
    })
  }

  async function probe(): Promise<void> {
    const answer = await ask('PING', () => undefined, probePatienceMs)
    if (!answer.startsWith('PONG')) throw new Error('The virus scanner answers, but not to PING.')
  }

  const send = (bytes: Uint8Array) => ask('INSTREAM', (socket) => sendChunks(socket, bytes), patienceMs)

  /**
   * Beyond its `StreamMaxLength` clamd may reset the connection without a word. One that answers PING and hangs up on
   * the same file a second time did so on purpose.
   */
  async function sendAgain(bytes: Uint8Array): Promise<string> {
    await probe()
    try {
      return await send(bytes)
    } catch (error) {
      if (error instanceof TooSlowError || !(error instanceof NoAnswerError)) throw error
      await probe()
      return tooLong
    }
  }

  async function scan(bytes: Uint8Array): Promise<Verdict> {
    try {
      return verdictOf(await send(bytes).catch(() => sendAgain(bytes)))
    } catch (error) {
      return { is: 'unknown', why: error instanceof Error ? error.message : String(error) }
    }
  }

  return { kind: 'clamd', scan, probe }
}

const tooLong = 'size limit exceeded'

function opener(url: string): () => Socket {
  const { protocol, hostname, port, pathname } = new URL(url)
  return protocol === 'unix:' ? () => connect(pathname) : () => connect(Number(port || 3310), hostname)
}

/** Chunks of a length in four bytes and their data; a length of zero is the end. */
function sendChunks(socket: Socket, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    socket.write(length)
    socket.write(chunk)
  }
  socket.write(Buffer.alloc(4))
}

function verdictOf(answer: string): Verdict {
  const text = answer.replaceAll('\0', '').trim()
  const found = /^stream: (.+) FOUND$/.exec(text)?.[1]
  if (found) return { is: 'infected', found: found.slice(0, 120) }
  if (text === 'stream: OK') return { is: 'clean' }
  if (text.includes(tooLong)) return { is: 'infected', found: 'too_large' }
  return { is: 'unknown', why: `It could not scan: ${text.slice(0, 80)}` }
}
