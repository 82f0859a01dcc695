import type { Image } from '@sparkle/pixel/image'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** PNG 3rd edition, 11.2.1: bytes of a pixel by colour type, for eight bits a channel. */
const channelsOf: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** Fetches a picture of ours and reads its pixels. */
export async function loadPng(url: string, signal?: AbortSignal): Promise<Image> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`The picture answered ${response.status}.`)
  return readPng(new Uint8Array(await response.arrayBuffer()))
}

/**
 * The exact pixels of a PNG with eight bits a channel, without palette and interlacing, as the server writes work images
 * and sheets. A canvas is no way to them: it multiplies by alpha and back, some browsers add noise to what is read from
 * it, and either would make the preview differ from the server's sprite.
 */
export async function readPng(bytes: Uint8Array<ArrayBuffer>): Promise<Image> {
  if (signature.some((byte, index) => bytes[index] !== byte)) throw new Error('This is no PNG.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  const [depth, colorType, , , interlace] = bytes.subarray(24, 29)
  const channels = channelsOf[colorType ?? -1]
  if (depth !== 8 || interlace !== 0 || !channels) throw new Error('This kind of PNG is not ours.')
  const lines = await inflate(dataOf(bytes, view))
  if (lines.length !== height * (width * channels + 1)) throw new Error('This PNG is not complete.')
  unfilter(lines, width * channels, height, channels)
  return { width, height, data: toRgba(lines, width, height, channels) }
}

/** The contents of all IDAT chunks. */
function dataOf(bytes: Uint8Array<ArrayBuffer>, view: DataView): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  return parts
}

async function inflate(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
  const inflated = stream.pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(inflated).arrayBuffer())
}

/** Takes back the filter of each line, in place (PNG 3rd edition, 9.2). `stride` is a line without its filter byte. */
function unfilter(lines: Uint8Array, stride: number, height: number, channels: number): void {
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1) + 1
    const filter = lines[start - 1] ?? 0
    if (filter > 4) throw new Error('This PNG is damaged.')
    if (filter === 0) continue
    for (let i = 0; i < stride; i++) {
      const at = start + i
      const left = i < channels ? 0 : (lines[at - channels] ?? 0)
      const up = y === 0 ? 0 : (lines[at - stride - 1] ?? 0)
      const corner = y === 0 || i < channels ? 0 : (lines[at - stride - 1 - channels] ?? 0)
      lines[at] = (lines[at] ?? 0) + predict(filter, left, up, corner)
    }
  }
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function toRgba(lines: Uint8Array, width: number, height: number, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(width * height * 4)
  const stride = width * channels
  const grey = channels < 3
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1) + 1
    if (channels === 4) {
      data.set(lines.subarray(start, start + stride), y * stride)
      continue
    }
    for (let x = 0; x < width; x++) {
      const from = start + x * channels
      const to = (y * width + x) * 4
      data[to] = lines[from] ?? 0
      data[to + 1] = lines[grey ? from : from + 1] ?? 0
      data[to + 2] = lines[grey ? from : from + 2] ?? 0
      data[to + 3] = channels === 2 ? (lines[from + 1] ?? 0) : 255
    }
  }
  return data
}
