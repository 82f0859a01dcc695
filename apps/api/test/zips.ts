import { crc32, deflateRawSync } from 'node:zlib'

/** An entry as it is written, each lie on purpose. */
export interface ZipEntry {
  name: string
  body?: Buffer | string
  /** Unix mode, as in `0o120777` for a symlink. */
  mode?: number
  flags?: number
  method?: number
  /** What the directory says instead of the truth. */
  claimedSize?: number
  claimedPacked?: number
  claimedCrc?: number
  localName?: string
  /** Shares the bytes of the entry with this index. */
  sameAs?: number
}

/**
 * A zip archive, written by hand because no library writes the ones that attackers do (PKWARE APPNOTE 6.3.10, 4.3).
 * Entries are deflated unless `method` says otherwise.
 */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let length = 0
  for (const entry of entries) {
    const { name, body = '', method = 8, claimedSize, claimedCrc, claimedPacked, flags = 0, mode = 0o100644 } = entry
    const bytes = Buffer.from(body)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    /** What both headers of an entry say alike, from the version that is needed to the length of the name. */
    const facts = (written: Buffer, packedLength: number) => {
      const said = Buffer.alloc(26)
      said.writeUInt16LE(20, 0)
      said.writeUInt16LE(flags | 0x800, 2)
      said.writeUInt16LE(method, 4)
      said.writeUInt32LE(claimedCrc ?? crc32(bytes), 10)
      said.writeUInt32LE(packedLength, 14)
      said.writeUInt32LE(claimedSize ?? bytes.length, 18)
      said.writeUInt16LE(written.length, 22)
      return said
    }
    const listed = Buffer.from(name)
    const offset = entry.sameAs === undefined ? length : (offsets[entry.sameAs] ?? 0)
    offsets.push(offset)
    if (entry.sameAs === undefined) {
      const written = Buffer.from(entry.localName ?? name)
      const local = Buffer.concat([number(0x04034b50), facts(written, packed.length), written, packed])
      bodies.push(local)
      length += local.length
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    const said = facts(listed, claimedPacked ?? packed.length)
    directory.push(Buffer.concat([number(0x02014b50), Buffer.from([20, 3]), said, rest, listed]))
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(listing.length, 8)
  end.writeUInt32LE(length, 12)
  return Buffer.concat([...bodies, listing, number(0x06054b50), end])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

const page =
  '<!doctype html>\n<html lang="en">\n<head>\n<title>Dig!</title></head><body><canvas></canvas></body></html>'

/** A game that is all right, in the folder that zipping a folder gives. */
export const goodEntries: readonly ZipEntry[] = [
  { name: 'dig/', mode: 0o040755, method: 0 },
  { name: 'dig/index.html', body: page },
  { name: 'dig/js/game.js', body: 'localStorage.setItem("a", "b")' },
  { name: 'dig/art/größe 1.svg', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  { name: 'dig/more/about.htm', body: '<p>About</p>' },
  { name: '__MACOSX/dig/._index.html', body: 'litter' },
  { name: 'dig/.DS_Store', body: 'litter' },
]

/** The members of an archive of stored files, by the local headers (PKWARE APPNOTE 4.3.7). */
export function membersOf(zip: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50;) {
    const size = zip.readUInt32LE(at + 18)
    const body = at + 30 + zip.readUInt16LE(at + 26)
    found.set(zip.subarray(at + 30, body).toString('utf8'), zip.subarray(body, body + size))
    at = body + size
  }
  return found
}
