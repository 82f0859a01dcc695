import type { DigestAnswer } from './digest-worker.ts'

let worker: Worker | undefined
let count = 0

/**
 * SHA-256 of a file in hexadecimal, computed on a thread of its own. Undefined where the browser does not offer it (pages
 * that came over plain http) or cannot read the file: an upload then goes without.
 */
export function digestOf(file: Blob): Promise<string | undefined> {
  if (!globalThis.isSecureContext || !globalThis.Worker) return Promise.resolve(undefined)
  worker ??= new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' })
  const thread = worker
  const id = ++count
  return new Promise((resolve) => {
    const end = (digest: string | undefined) => {
      thread.removeEventListener('message', listen)
      thread.removeEventListener('error', fail)
      resolve(digest)
    }
    const listen = ({ data }: MessageEvent<DigestAnswer>) => data.id === id && end(data.digest)
    const fail = () => end(undefined)
    thread.addEventListener('message', listen)
    thread.addEventListener('error', fail)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
    thread.postMessage({ id, file })
  })
}
