import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readPng } from './read-png.ts'

/** Filters a line as an encoder would, by the definition of each type in the PNG specification. */
function filterLine(filter: number, line: number[], above: number[], channels: number): number[] {
  return line.map((value, i) => {
    const left = line[i - channels] ?? 0
    const up = above[i] ?? 0
    const corner = i < channels ? 0 : (above[i - channels] ?? 0)
    const paeth = [left, up, corner].toSorted(
      (one, other) => Math.abs(left + up - corner - one) - Math.abs(left + up - corner - other),
    )[0]
    const guess = [0, left, up, Math.floor((left + up) / 2), paeth ?? 0][filter] ?? 0
    return (value - guess + 512) % 256
  })
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function png(
  width: number,
  lines: number[][],
  { channels = 4, depth = 8, interlace = 0 } = {},
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(lines.length, 4)
  header.set([depth, { 1: 0, 2: 4, 3: 2, 4: 6 }[channels] ?? 0, 0, 0, interlace], 8)
  const filtered = lines.flatMap((line, y) => [y % 5, ...filterLine(y % 5, line, lines[y - 1] ?? [], channels)])
  const data = deflateSync(Buffer.from(filtered))
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const half = Math.floor(data.length / 2)
  return new Uint8Array(
    Buffer.concat([
      magic,
      chunk('IHDR', header),
      chunk('tEXt', Buffer.from('a\0b')),
      chunk('IDAT', data.subarray(0, half)),
      chunk('IDAT', data.subarray(half)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** Lines of noise: every filter type meets every kind of neighbour. */
function noise(width: number, height: number, channels: number): number[][] {
  let seed = 7
  return Array.from({ length: height }, () =>
    Array.from({ length: width * channels }, () => (seed = Math.imul(seed, 48271) >>> 0) >>> 24),
  )
}

describe('reading a PNG', () => {
  test('gives every byte of RGBA back, half-transparent ones too, through all five filters', async () => {
    const lines = noise(7, 11, 4)
    const image = await readPng(png(7, lines))
    expect([image.width, image.height]).toEqual([7, 11])
    expect([...image.data]).toEqual(lines.flat())
  })

  test('fills up what other kinds leave out', async () => {
    expect([...(await readPng(png(1, [[1, 2, 3]], { channels: 3 }))).data]).toEqual([1, 2, 3, 255])
    expect([...(await readPng(png(1, [[9, 40]], { channels: 2 }))).data]).toEqual([9, 9, 9, 40])
    expect([...(await readPng(png(1, [[9]], { channels: 1 }))).data]).toEqual([9, 9, 9, 255])
  })

  test('refuses what it would read wrongly', async () => {
    const lines = noise(2, 2, 4)
    await expect(readPng(png(2, lines, { interlace: 1 }))).rejects.toThrow('not ours')
    await expect(readPng(png(2, lines, { depth: 16 }))).rejects.toThrow('not ours')
    await expect(readPng(png(3, lines))).rejects.toThrow('not complete')
    await expect(readPng(new Uint8Array(100))).rejects.toThrow('no PNG')
  })
})
