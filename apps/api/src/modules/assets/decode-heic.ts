import { Worker } from 'node:worker_threads'
import type { RejectionReason } from '@sparkle/shared/assets'

export interface HeicTask {
  bytes: Uint8Array
  maxPixels: number
  maxMemoryBytes: number
}

export type HeicAnswer = { rejected: RejectionReason } | { width: number; height: number; data: Buffer }

/** What telephones make by default (24 megapixels); one of 48 would need 600 MB to be decoded. */
export const maxHeicPixels = 26_000_000
const maxMemoryBytes = 256 * 1024 * 1024
const patienceMs = 20_000

/**
 * Decodes the first picture of a HEIC file to upright RGBA, on a thread of its own with bounded memory and time: the
 * decoder is WebAssembly and computes for up to a second. Answers why not where it cannot.
 */
export function decodeHeic(bytes: Uint8Array, timeoutMs = patienceMs): Promise<HeicAnswer> {
  const task: HeicTask = { bytes, maxPixels: maxHeicPixels, maxMemoryBytes }
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./heic-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    const timer = setTimeout(() => {
      resolve({ rejected: 'timed_out' })
      void thread.terminate()
    }, timeoutMs)
    thread.once('message', (answer: HeicAnswer) => {
      resolve('data' in answer ? { ...answer, data: Buffer.from(answer.data) } : answer)
    })
    thread.once('error', reject)
    thread.once('exit', (code) => {
      clearTimeout(timer)
      // After a message or a timeout this changes nothing, since a promise is settled once.
      reject(new Error(`The HEIC thread ended with ${code} and answered nothing.`))
    })
  })
}
