import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl'
import { maxZipBytes } from '@sparkle/shared/builds'
import { assertKindOfName } from './file-kinds.ts'
import { assertDistinct, findEntryPoint, readPath } from './zip-paths.ts'
import { refuseZip, shownName } from './zip-refusals.ts'

const mebibyte = 1024 * 1024
export const zipLimits = {
  zipBytes: maxZipBytes,
  files: 2000,
  fileBytes: 50 * mebibyte,
  totalBytes: 200 * mebibyte,
  /** Deflate reaches 1,032; text and maps of a game stay under 30, and small files may be as dense as they like. */
  ratio: 150,
  ratioFromBytes: mebibyte,
}

/** A file of the archive under the path it will have. */
export interface ZipMember {
  path: string
  entry: Entry
}

export interface ZipDirectory {
  zip: ZipFile
  /** In the order of their paths. */
  members: ZipMember[]
  /** The path of the page that the game starts with. */
  entryPoint: string
}

/**
 * Opens an archive and checks everything that its directory says, before a byte is unpacked. Throws 422 `build.zip_*`,
 * closed again; otherwise the caller closes `zip`. What an entry really unpacks to is `readMember`'s to check.
 */
export async function openZip(file: string): Promise<ZipDirectory> {
  const zip = await openArchive(file)
  try {
    const entries = await readEntries(zip)
    const named = entries.flatMap((entry) => {
      const path = checkedPath(entry)
      return path === undefined || path.endsWith('/') ? [] : [{ path, entry }]
    })
    if (named.length === 0) refuseZip('empty', 'The archive is empty.')
    const { paths, entry: entryPoint } = findEntryPoint(named.map(({ path }) => path))
    assertDistinct(paths)
    for (const path of paths) assertKindOfName(path)
    assertSizes(named)
    await assertApart(zip, entries)
    const members = named.map(({ entry }, index) => ({ entry, path: paths[index] ?? '' }))
    if (members.some(({ path, entry }) => path === entryPoint && entry.uncompressedSize === 0))
      refuseZip('no_index', `${entryPoint}, where the game starts, is empty.`)
    return { zip, members: members.sort((a, b) => (a.path < b.path ? -1 : 1)), entryPoint }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function openArchive(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    })
  } catch {
    // Whatever the reader misses, it is the directory at the end, without which a file is no zip.
    return refuseZip('not_a_zip', 'This is not a zip archive, or it is cut off.')
  }
}

async function readEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > zipLimits.files) return tooMany(zip.entryCount)
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    if (/encryption/.test((error as Error).message)) return encrypted()
    return refuseZip('damaged', 'The archive is damaged: its directory cannot be read. Zip the folder anew.')
  }
  return entries
}

function tooMany(count: number): never {
  return refuseZip('too_many_files', `The archive has ${count} entries; at most ${zipLimits.files} are taken.`)
}

function encrypted(): never {
  return refuseZip('encrypted', 'The archive is protected by a password. Zip it without one.')
}

const fileTypeBits = 0o170000
const unixTypes = { symlink: 0o120000, regular: 0o100000, folder: 0o040000 }

/** The path of an entry that may be unpacked. */
function checkedPath(entry: Entry): string | undefined {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  const type = (entry.externalFileAttributes >>> 16) & fileTypeBits
  if (type === unixTypes.symlink)
    refuseZip('symlink', `${shownName(name)} is a symbolic link. Put the file itself into the archive.`)
  if (type !== 0 && type !== unixTypes.regular && type !== unixTypes.folder)
    refuseZip('special_file', `${shownName(name)} is a device or a pipe, not a file.`)
  const path = readPath(name)
  if (entry.isEncrypted()) encrypted()
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    refuseZip(
      'unsupported_method',
      `${shownName(name)} is packed in an unusual way. Use plain zip compression (deflate).`,
    )
  return path
}

/** By what the directory claims; `readMember` holds each entry to its claim. */
function assertSizes(members: readonly ZipMember[]): void {
  let total = 0
  for (const { path, entry } of members) {
    const { uncompressedSize: size, compressedSize } = entry
    if (size > zipLimits.fileBytes)
      refuseZip('file_too_large', `${shownName(path)} is larger than ${zipLimits.fileBytes / mebibyte} MiB.`)
    if (size > zipLimits.ratioFromBytes && size > compressedSize * zipLimits.ratio)
      refuseZip(
        'bomb',
        `${shownName(path)} unpacks to more than ${zipLimits.ratio} times its size, as no game's file does.`,
      )
    total += size
  }
  if (total > zipLimits.totalBytes)
    refuseZip(
      'too_large_unpacked',
      `Unpacked, the game has ${Math.ceil(total / mebibyte)} MiB; at most ${zipLimits.totalBytes / mebibyte} MiB are taken.`,
    )
}

/**
 * Every entry has bytes of its own, and one name: entries that share bytes make the worst bombs (Fifield, "A better zip
 * bomb", 2019), and one that has another name in front of its bytes is another file for another reader.
 */
async function assertApart(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const byPlace = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let taken = 0
  for (const entry of byPlace) {
    const local = await readLocalHeader(zip, entry)
    const name = shownName(entry.fileNameRaw.toString('utf8'))
    if (entry.relativeOffsetOfLocalHeader < taken)
      refuseZip('overlapping', `${name} shares its bytes with another file of the archive. Zip the folder anew.`)
    if (!local.fileName.equals(entry.fileNameRaw))
      refuseZip('two_names', `${name} has another name inside the archive than in its directory. Zip the folder anew.`)
    taken = local.fileDataStart + entry.compressedSize
  }
}

async function readLocalHeader(zip: ZipFile, entry: Entry) {
  try {
    return await zip.readLocalFileHeaderPromise(entry, {})
  } catch {
    // The reader's words are for programmers: the directory points to where no file is.
    return refuseZip('damaged', 'The archive is damaged: a file is not where its directory says. Zip the folder anew.')
  }
}
