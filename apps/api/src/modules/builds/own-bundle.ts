import type { ZipFile } from 'yauzl'
import { storageScript } from '@sparkle/games/own/storage-script'
import type { ObjectStore } from '../../adapters/object-store.ts'
import type { VirusScanner } from '../../adapters/virus-scan.ts'
import { bundleKey } from '../../core/bundle-key.ts'
import { sha256 } from '../../core/crypto.ts'
import { refuseInfected } from '../../core/scan-upload.ts'
import type { BuildFile } from '../../db/tables/builds.ts'
import type { BuildPicture } from './build-pictures.ts'
import { isHtml, mimeTypeOf } from './zip/file-kinds.ts'
import { injectScript, relativeTo } from './zip/inject-script.ts'
import { readMember } from './zip/read-member.ts'
import { openZip, type ZipDirectory, type ZipMember } from './zip/zip-directory.ts'
import { storageScriptPath } from './zip/zip-paths.ts'
import { refuseZip, shownName } from './zip/zip-refusals.ts'

/** A studio's own game as it is stored: digest over all its files, and the page it starts with. */
export interface OwnBundle {
  digest: string
  entryPoint: string
  files: BuildFile[]
  sizeBytes: number
}

const maxPageBytes = 4 * 1024 * 1024

/**
 * Checks a zip through and through, and only then stores it, one file in memory at a time. Nothing is stored of what is
 * refused. `pictures` are ours, for the names that the archive itself does not have. Throws 422 `build.zip_*`,
 * `upload.infected`, or 503 `upload.not_scanned`.
 */
export async function storeOwnBundle(
  { store, scanner }: { store: Pick<ObjectStore, 'put'>; scanner: VirusScanner },
  organizationId: string,
  zipPath: string,
  pictures: readonly BuildPicture[],
): Promise<OwnBundle> {
  const directory = await openZip(zipPath)
  try {
    const added = await additions(directory, pictures)
    const files = [
      ...added.map(({ path, bytes }) => describe(path, bytes)),
      ...(await checkMembers(directory, scanner)),
    ]
    files.sort((a, b) => (a.path < b.path ? -1 : 1))
    const digest = digestOf(directory.entryPoint, files)
    const put = (file: BuildFile, bytes: Uint8Array) =>
      store.put(bundleKey(organizationId, digest, file), bytes, file.mimeType)
    for (const { path, bytes } of added) await put(describe(path, bytes), bytes)
    for (const member of directory.members) {
      const bytes = await finalBytes(directory.zip, member)
      await put(describe(member.path, bytes), bytes)
    }
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
    return { digest, entryPoint: directory.entryPoint, files, sizeBytes }
  } finally {
    directory.zip.close()
  }
}

interface Addition {
  path: string
  bytes: Uint8Array
}

async function additions({ members }: ZipDirectory, pictures: readonly BuildPicture[]): Promise<Addition[]> {
  const taken = new Set(members.map(({ path }) => path))
  return [
    { path: storageScriptPath, bytes: Buffer.from(await storageScript()) },
    ...pictures.filter(({ path }) => !taken.has(path)),
  ]
}

/**
 * Unpacks everything once, keeping none of it: what is wrong anywhere is known before the first write. Each file is
 * scanned by itself, since a scanner reads only so much of a stream, which a whole archive may well exceed; and what
 * lies in the archive beside its files is never stored.
 */
async function checkMembers({ zip, members }: ZipDirectory, scanner: VirusScanner): Promise<BuildFile[]> {
  const files: BuildFile[] = []
  for (const member of members) {
    const { path } = member
    if (scanner.kind === 'off' && !isHtml(path)) {
      const facts = await readMember(zip, member, () => undefined)
      files.push({ path, mimeType: mimeTypeOf(path), object: facts.digest, ...facts })
      continue
    }
    const bytes = await memberBytes(zip, member)
    if (scanner.kind !== 'off') refuseInfected(await scanner.scan(bytes), shownName(path))
    files.push(describe(path, asStored(path, bytes)))
  }
  return files
}

async function finalBytes(zip: ZipFile, member: ZipMember): Promise<Buffer> {
  return asStored(member.path, await memberBytes(zip, member))
}

/** Pages begin with our script, everything else stays as it came. */
function asStored(path: string, bytes: Buffer): Buffer {
  return isHtml(path) ? injectScript(bytes, relativeTo(path, storageScriptPath)) : bytes
}

async function memberBytes(zip: ZipFile, member: ZipMember): Promise<Buffer> {
  const { path, entry } = member
  if (isHtml(path) && entry.uncompressedSize > maxPageBytes)
    refuseZip(
      'file_too_large',
      `The page ${shownName(path)} is larger than 4 MiB. Move its data into files of their own.`,
    )
  const pieces: Buffer[] = []
  await readMember(zip, member, (piece) => pieces.push(piece))
  return Buffer.concat(pieces)
}

function describe(path: string, bytes: Uint8Array): BuildFile {
  const digest = sha256(bytes)
  return { path, mimeType: mimeTypeOf(path), sizeBytes: bytes.length, digest, object: digest }
}

/** Over names, types and contents alike: two archives of the same game give the same, in whatever order they list it. */
function digestOf(entryPoint: string, files: readonly BuildFile[]): string {
  return sha256(
    JSON.stringify(['own', 1, entryPoint, files.map(({ path, mimeType, digest }) => [path, mimeType, digest])]),
  )
}
