import type { RejectionReason } from '@sparkle/shared/assets'

export interface Mp3 {
  /** The frames alone: no tags, no pictures, nothing beside the sound. */
  audio: Buffer
  durationSeconds: number
  bitrateKbps: number
}

/** Bit rates in kbit/s of layer III by their index (ISO/IEC 11172-3, 2.4.2.3; 13818-3 for the lower sampling rates). */
const rates = {
  full: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  half: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const samplingRates = [44_100, 48_000, 32_000]
/** MPEG 2.5, reserved, MPEG 2, MPEG 1: what the full sampling rate is divided by. */
const divisors = [4, 0, 2, 1]

interface Frame {
  length: number
  samples: number
  samplingRate: number
  sideInfoBytes: number
}

function readFrame(bytes: Buffer, at: number): Frame | undefined {
  if (at + 4 > bytes.length) return undefined
  const header = bytes.readUInt32BE(at)
  const divisor = divisors[(header >>> 19) & 3] ?? 0
  const bitrate = (divisor === 1 ? rates.full : rates.half)[(header >>> 12) & 15] ?? 0
  const fullRate = samplingRates[(header >>> 10) & 3]
  const layerThree = ((header >>> 17) & 3) === 1
  if (header >>> 21 !== 0x7ff || !layerThree || divisor === 0 || bitrate === 0 || fullRate === undefined)
    return undefined
  const samplingRate = fullRate / divisor
  const samples = divisor === 1 ? 1152 : 576
  const padding = (header >>> 9) & 1
  const mono = ((header >>> 6) & 3) === 3
  return {
    length: Math.floor(((samples / 8) * bitrate * 1000) / samplingRate) + padding,
    samples,
    samplingRate,
    sideInfoBytes: divisor === 1 ? (mono ? 17 : 32) : mono ? 9 : 17,
  }
}

/**
 * Reads an MP3 by walking every frame from the first to the last, so that container, codec and length are what the
 * bytes hold and not what a header claims. Answers why not where anything else is found.
 */
export function readMp3(bytes: Buffer): Mp3 | { refused: RejectionReason } {
  const { from, to } = withoutTags(bytes)
  const first = readFrame(bytes, from)
  if (!first || !readFrame(bytes, from + first.length)) return { refused: 'unknown_type' }
  let frames = 0
  let at = from
  while (at < to) {
    const frame = readFrame(bytes, at)
    if (!frame || frame.samplingRate !== first.samplingRate) return { refused: to - at < 4 ? 'truncated' : 'damaged' }
    at += frame.length
    if (at > to) return { refused: 'truncated' }
    frames += 1
  }
  const promised = promisedFrames(bytes, from, first)
  // The header's own frame is counted by some encoders and not by others.
  if (promised !== undefined && frames < promised) return { refused: 'truncated' }
  const durationSeconds = Math.round(((frames * first.samples) / first.samplingRate) * 1000) / 1000
  return {
    audio: bytes.subarray(from, to),
    durationSeconds,
    bitrateKbps: Math.round(((to - from) * 8) / durationSeconds / 1000),
  }
}

/** How many frames the `Xing` or `Info` header in the first frame says there are. */
function promisedFrames(bytes: Buffer, at: number, { sideInfoBytes }: Frame): number | undefined {
  const header = at + 4 + sideInfoBytes
  if (header + 12 > bytes.length) return undefined
  const hasCount = (bytes.readUInt32BE(header + 4) & 1) === 1
  return ['Xing', 'Info'].includes(bytes.toString('latin1', header, header + 4)) && hasCount
    ? bytes.readUInt32BE(header + 8)
    : undefined
}

/** Where the sound begins and ends: ID3v2 and its padding in front, ID3v1 and APE behind. */
function withoutTags(bytes: Buffer): { from: number; to: number } {
  let from = 0
  while (bytes.toString('latin1', from, from + 3) === 'ID3' && from + 10 <= bytes.length) {
    const footer = ((bytes[from + 5] ?? 0) & 0x10) === 0 ? 0 : 10
    from += 10 + footer + [6, 7, 8, 9].reduce((size, i) => (size << 7) | ((bytes[from + i] ?? 0) & 0x7f), 0)
  }
  while (from < bytes.length && bytes[from] === 0) from += 1
  let to = bytes.length
  if (to - from >= 128 && bytes.toString('latin1', to - 128, to - 125) === 'TAG') to -= 128
  if (to - from >= 32 && bytes.toString('latin1', to - 32, to - 24) === 'APETAGEX') {
    const header = (bytes.readUInt32LE(to - 12) & 0x80000000) === 0 ? 0 : 32
    to = Math.max(from, to - bytes.readUInt32LE(to - 20) - header)
  }
  return { from, to }
}
