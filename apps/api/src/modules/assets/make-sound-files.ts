import type { Claim, Outcome } from './asset-files.ts'
import { readMp3 } from './mp3.ts'
import { sniffText, typeOfName } from './sniff.ts'

/** Checks an uploaded sound; its one file is the MP3 without its tags, which may hold names, places and pictures. */
export function makeSoundFiles(bytes: Buffer, claim: Claim): Outcome {
  const text = sniffText(bytes)
  if (text) return { rejected: text }
  const mp3 = readMp3(bytes)
  if ('refused' in mp3) return { rejected: mp3.refused }
  if ((typeOfName(claim.filename) ?? 'audio/mpeg') !== 'audio/mpeg') return { rejected: 'type_mismatch' }
  const { audio, durationSeconds, bitrateKbps } = mp3
  return {
    files: [{ variant: 'original', bytes: audio, mimeType: 'audio/mpeg', width: null, height: null }],
    metadata: { durationSeconds, bitrateKbps },
  }
}
