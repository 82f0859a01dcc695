import { parentPort, workerData } from 'node:worker_threads'
import type { HeicAnswer, HeicTask } from './decode-heic.ts'

if (!parentPort) throw new Error('This file runs as a thread of decode-heic.ts.')
const port = parentPort
const { bytes, maxPixels, maxMemoryBytes } = workerData as HeicTask

interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
/** Node's types know WebAssembly only as a namespace. */
const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: WasmMemory } } }).WebAssembly

// WebAssembly's memory lies outside of what a thread's resource limits count, and grows by this one call.
const { grow } = Memory.prototype
Memory.prototype.grow = function (this: WasmMemory, pages: number) {
  if (this.buffer.byteLength + pages * 65_536 > maxMemoryBytes)
    throw new RangeError('The picture needs too much memory.')
  return grow.call(this, pages)
}
// The decoder reports what it cannot read to the console; the answer says it already.
Object.assign(console, { log: () => undefined, warn: () => undefined, error: () => undefined })

const { default: decode } = await import('heic-decode')

async function answer(): Promise<HeicAnswer> {
  try {
    const [image, ...others] = await decode.all({ buffer: bytes })
    if (!image || others.length > 32) return { rejected: 'damaged' }
    const { width, height } = image
    if (width * height > maxPixels) return { rejected: 'too_many_pixels' }
    const { data } = await image.decode()
    return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }
  } catch {
    // The library throws strings and bare errors alike, and all of them are about the bytes.
    return { rejected: 'damaged' }
  }
}

const made = await answer()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin, a window has
port.postMessage(made, 'data' in made ? [made.data.buffer as ArrayBuffer] : [])
