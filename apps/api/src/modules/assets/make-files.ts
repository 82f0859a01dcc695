import type { AssetType } from '@sparkle/shared/assets'
import type { Claim, Outcome } from './asset-files.ts'
import { makeConfigFiles } from './make-config-files.ts'
import { makePhotoFiles } from './make-photo-files.ts'
import { makeSoundFiles } from './make-sound-files.ts'

/** Checks an uploaded file by what its type of asset demands, and makes the files that are kept. */
export async function makeFiles(assetType: AssetType, bytes: Buffer, claim: Claim): Promise<Outcome> {
  switch (assetType) {
    case 'photo':
    case 'sprite':
    case 'background':
      return makePhotoFiles(bytes, claim)
    case 'sound':
      return makeSoundFiles(bytes, claim)
    case 'config':
      return makeConfigFiles(bytes)
  }
}
