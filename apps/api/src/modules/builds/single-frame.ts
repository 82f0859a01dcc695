import sharp from 'sharp'
import type { SlotAsset } from '@sparkle/games/builder/build-game'
import { sha256 } from '../../core/crypto.ts'

/** As large as the sprite tool draws: more would make every game heavier and no pet on a phone finer. */
const longestEdge = 128
const frameMs = 1000

/**
 * A sprite that was uploaded as a picture, without frames, as a sheet of one: the pet stands still in every movement. Clear
 * borders go, so that its paws are on the ground; large pictures are made smaller.
 */
export async function singleFrame(picture: Uint8Array): Promise<SlotAsset> {
  const trimmed = await sharp(picture).ensureAlpha().trim({ background: '#00000000', threshold: 10 }).png().toBuffer()
  const { data, info } = await sharp(trimmed)
    .resize({ width: longestEdge, height: longestEdge, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true })
  const { width: w, height: h } = info
  return {
    bytes: data,
    mimeType: 'image/png',
    digest: sha256(data),
    meta: {
      frames: [{ frame: { x: 0, y: 0, w, h }, duration: frameMs }],
      meta: { size: { w, h }, frameTags: [{ name: 'idle', from: 0, to: 0 }] },
    },
  }
}
