import type { AssetMetadata, AssetVariant, RejectionReason } from '@sparkle/shared/assets'
import { beginning } from '@sparkle/shared/text'
import { sha256 } from '../../core/crypto.ts'
import { typeOfName } from './sniff.ts'

/** One file of an asset, ready to be stored. */
export interface MadeFile {
  variant: AssetVariant
  bytes: Buffer
  mimeType: string
  width: number | null
  height: number | null
}

/** What processing comes to: the asset's files, or why it is refused. */
export type Outcome = { files: MadeFile[]; metadata: AssetMetadata } | { rejected: RejectionReason }

/** What the uploader says a file is. Judged against the bytes, never believed. */
export interface Claim {
  mimeType: string
  filename: string
}

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/json': 'json',
  'audio/mpeg': 'mp3',
}

/** The key of a file, with the digest of its bytes in it: another content is another name, so nothing is overwritten. */
export function fileKey(organizationId: string, assetId: string, file: MadeFile, digest: string): string {
  const extension = extensions[file.mimeType] ?? 'bin'
  return `${organizationId}/assets/${assetId}/${file.variant}-${digest.slice(0, 16)}.${extension}`
}

/** Where uploaded bytes wait for their processing. */
export function uploadKey(organizationId: string, assetId: string): string {
  return `${organizationId}/uploads/${assetId}`
}

export function versionUploadKey(organizationId: string, assetId: string, number: number): string {
  return `${organizationId}/uploads/${assetId}-${number}`
}

/** The file a type of asset is served as by default, and whose digest is the asset's own. */
export function mainFile(files: readonly MadeFile[]) {
  const original = files.find((file) => file.variant === 'original')
  if (!original) throw new Error('An asset was made without its original.')
  return { mimeType: original.mimeType, fileSize: original.bytes.length, digest: sha256(original.bytes) }
}

/** The name a file is offered under, where what is kept has another format than what was sent: HEIC becomes JPEG. */
export function nameFor(filename: string, mimeType: string): string {
  return mimeType === 'image/jpeg' ? filename.replace(/\.hei[cf]$/i, '.jpg') : filename
}

/** A name that promises what the file is: `x.exe` of a PNG becomes `x.exe.png`, since it is downloaded under it. */
export function trueName(filename: string, mimeType: string): string {
  const extension = extensions[mimeType]
  if (!extension || typeOfName(filename) === mimeType) return filename
  return `${beginning(filename, 254 - extension.length)}.${extension}`
}
