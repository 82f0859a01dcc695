import { crc32 } from 'node:zlib'
import type { ImageType } from './sniff.ts'

/** How a picture's file is laid out, found by walking the format's own structure and decoding nothing. */
export interface Structure {
  /** The end of the file is missing. Where the structure itself is broken this is false: that is for the decoder to say. */
  truncated: boolean
  /** A checksum of the file's own says that it has changed since it was written, or it falls into too many parts. */
  damaged?: boolean
  /** The parts that hold no pixels: metadata, comments, and whatever follows the picture's end. */
  beside: Buffer[]
}

/**
 * More parts than any camera or editor writes. Ten megabytes can be cut into millions, and walking those would take
 * seconds and hundreds of megabytes.
 */
const mostParts = 20_000
const tooManyParts: Structure = { truncated: false, damaged: true, beside: [] }

export function readStructure(bytes: Buffer, type: ImageType): Structure {
  switch (type) {
    case 'image/jpeg':
      return readJpeg(bytes)
    case 'image/png':
      return readPng(bytes)
    case 'image/webp':
      return readWebp(bytes)
    case 'image/heic':
      return readHeic(bytes)
  }
}

const endOfImage = 0xd9
const startOfScan = 0xda

/** JPEG (ITU T.81, B.1): segments, scans of coded data between them, EOI; thumbnails in segments have ends of their own. */
function readJpeg(bytes: Buffer): Structure {
  const beside: Buffer[] = []
  let at = 2
  let parts = 0
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return { truncated: false, beside }
    const marker = bytes[at + 1] ?? 0
    if (marker === endOfImage) return { truncated: false, beside: [...beside, bytes.subarray(at + 2)] }
    // Any number of 0xff may stand in front of a marker to fill up.
    if (marker === 0xff) at += 1
    else {
      if (at + 4 > bytes.length) break
      if (++parts > mostParts) return tooManyParts
      const end = at + 2 + bytes.readUInt16BE(at + 2)
      if (marker !== startOfScan) beside.push(bytes.subarray(at + 4, end))
      at = marker === startOfScan ? endOfScan(bytes, end) : end
    }
  }
  return { truncated: true, beside }
}

/** In coded data 0xff is followed by 0x00 or a restart marker (0xd0 to 0xd7); anything else is the next segment. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next !== undefined && next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** PNG (RFC 2083, 3.2): chunks of length, name, data and checksum; the last is IEND. */
function readPng(bytes: Buffer): Structure {
  const beside: Buffer[] = []
  let at = 8
  for (let parts = 0; at + 12 <= bytes.length; parts++) {
    if (parts > mostParts) return tooManyParts
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(name)) return { truncated: false, beside }
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end <= bytes.length && crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      return { truncated: false, damaged: true, beside }
    if (name === 'IEND') return { truncated: end > bytes.length, beside: [...beside, bytes.subarray(end)] }
    if (name !== 'IDAT') beside.push(bytes.subarray(at + 8, end - 4))
    at = end
  }
  return { truncated: true, beside }
}

/** WebP: one RIFF chunk that says its length, and within it chunks of name, length and data, padded to even lengths. */
function readWebp(bytes: Buffer): Structure {
  const end = bytes.length < 12 ? Infinity : bytes.readUInt32LE(4) + 8
  if (end > bytes.length) return { truncated: true, beside: [] }
  const beside = [bytes.subarray(end)]
  for (let [at, parts] = [12, 0]; at + 8 <= end; parts++) {
    if (parts > mostParts) return tooManyParts
    const length = bytes.readUInt32LE(at + 4)
    if (!/^(?:VP8[ L]|ALPH|ANMF)$/.test(bytes.toString('latin1', at, at + 4)))
      beside.push(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  return { truncated: false, beside }
}

/** HEIC (ISO/IEC 14496-12, 4.2): boxes of length and name; the coded pictures lie in `mdat`. */
function readHeic(bytes: Buffer): Structure {
  const beside: Buffer[] = []
  for (let [at, parts] = [0, 0]; at + 8 <= bytes.length; parts++) {
    if (parts > mostParts) return tooManyParts
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (!/^[a-zA-Z0-9 ]{4}$/.test(name)) return { truncated: false, beside: [...beside, bytes.subarray(at)] }
    const said = bytes.readUInt32BE(at)
    // 0: up to the end of the file; 1: the length follows in 64 bits.
    const length =
      said === 0
        ? bytes.length - at
        : said === 1 && at + 16 <= bytes.length
          ? Number(bytes.readBigUInt64BE(at + 8))
          : said
    if (length < 8) return { truncated: false, beside }
    if (at + length > bytes.length) return { truncated: true, beside }
    if (name !== 'mdat') beside.push(bytes.subarray(at + 8, at + length))
    at += length
  }
  return { truncated: false, beside }
}

const openings = ['%PDF-', '<?php', '<script', '<html', '<!doctype html', '<svg', '<iframe']

/**
 * Whether a picture carries a second file beside its pixels: a page, a script, a PDF or an archive. What cameras put
 * there (a second picture, a clip of film, XMP) is none of these. Pixels are made anew anyhow; such a file is refused
 * because nobody makes one by accident.
 */
export function carriesStowaway({ beside }: Structure): boolean {
  return beside.some((part) => {
    const words = part.toString('latin1').toLowerCase()
    return (
      openings.some((opening) => words.includes(opening.toLowerCase())) ||
      // Four bytes may turn up by chance in a clip of film; an archive's first and last signature in order do not.
      (words.includes('pk\u0003\u0004') && words.lastIndexOf('pk\u0005\u0006') > words.indexOf('pk\u0003\u0004'))
    )
  })
}
