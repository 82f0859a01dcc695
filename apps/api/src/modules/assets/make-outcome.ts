import type { AssetType } from '@sparkle/shared/assets'
import { maxFileBytes } from '@sparkle/shared/orders'
import type { SpriteRecipeView } from '@sparkle/shared/sprites'
import { sha256 } from '../../core/crypto.ts'
import { readStored } from '../../core/read-stored.ts'
import type { VersionFile } from '../../db/tables/assets.ts'
import type { Deps } from '../../plugins/types.ts'
import { fileKey, type MadeFile, type Outcome } from './asset-files.ts'
import type { AssetFile } from './assets.queries.ts'
import { makeFiles } from './make-files.ts'
import { makeSpriteFiles } from './make-sprite-files.ts'

/** What is to be made: a new asset, or a new version of one. */
export interface Subject {
  assetType: AssetType
  originalFilename: string
  mimeType: string
  fileSize: number
  /** What the uploader announced, if anything. */
  uploadDigest: string | null
  uploadKey: string | null
  recipe: SpriteRecipeView | null
  /** For a recipe: the work image it is carried out on. */
  source: AssetFile | undefined
}

/** The outcome, and the digest of the bytes as they were uploaded where there were any. */
export type Made = Outcome & { uploadDigest?: string }

/** Reads, scans and processes. `waiting`: the scanner gives no verdict now, and without one nothing is passed. */
export async function makeOutcome(
  { store, scanner }: Pick<Deps, 'store' | 'scanner'>,
  subject: Subject,
): Promise<Made | 'waiting'> {
  if (subject.recipe) {
    const work = subject.source && (await readStored(store, subject.source))
    return work ? makeSpriteFiles(work, subject.recipe) : { rejected: 'missing_upload' }
  }
  const bytes = subject.uploadKey ? await store.get(subject.uploadKey, maxFileBytes) : undefined
  if (!bytes) return { rejected: 'missing_upload' }
  if (bytes.length !== subject.fileSize) return { rejected: 'size_mismatch' }
  const uploadDigest = sha256(bytes)
  if (subject.uploadDigest && subject.uploadDigest !== uploadDigest) return { rejected: 'digest_mismatch' }
  const verdict = await scanner.scan(bytes)
  if (verdict.is === 'unknown') return 'waiting'
  if (verdict.is === 'infected') return { rejected: 'infected', uploadDigest }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { mimeType, originalFilename } = subject
  return { ...(await makeFiles(subject.assetType, buffer, { mimeType, filename: originalFilename })), uploadDigest }
}

/** Stores the files under names made of their content. */
export function keepFiles(
  store: Deps['store'],
  organizationId: string,
  assetId: string,
  files: readonly MadeFile[],
): Promise<VersionFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const { bytes, ...facts } = file
      const digest = sha256(bytes)
      const storageKey = fileKey(organizationId, assetId, file, digest)
      await store.put(storageKey, bytes, file.mimeType)
      return { ...facts, storageKey, sizeBytes: bytes.length, digest }
    }),
  )
}
