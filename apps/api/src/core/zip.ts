import { crc32 } from 'node:zlib'

export interface ZipMember {
  /** Within the archive, with slashes. */
  path: string
  bytes: Uint8Array
}

const utf8Names = 0x0800
/** 1 January 1980, the first day a zip can tell; the files say themselves when they were made. */
const noDate = 0x21
/** Beyond these the format needs its 64-bit records. */
export const zipBounds = { bytes: 4_000_000_000, members: 65_000 } as const

/** How long an archive of such members is, all its headers included. */
export function zipLength(members: readonly { path: string; sizeBytes: number }[]): number {
  return members.reduce((sum, { path, sizeBytes }) => sum + sizeBytes + 76 + 2 * Buffer.byteLength(path), 22)
}

/**
 * Writes a zip archive of stored members (PKWARE APPNOTE 6.3.10, 4.3), for what is compressed already. The members' bytes
 * follow their headers; `end` comes last. What goes in has to stay below {@link zipBounds}.
 */
export function createZip() {
  const directory: Buffer[] = []
  let offset = 0
  return {
    /** The header that stands before the member's bytes. */
    begin({ path, bytes }: ZipMember): Buffer {
      const name = Buffer.from(path, 'utf8')
      const common = Buffer.alloc(26)
      common.writeUInt16LE(20, 0)
      common.writeUInt16LE(utf8Names, 2)
      common.writeUInt16LE(noDate, 8)
      common.writeUInt32LE(crc32(bytes), 10)
      common.writeUInt32LE(bytes.length, 14)
      common.writeUInt32LE(bytes.length, 18)
      common.writeUInt16LE(name.length, 22)
      const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name])
      const rest = Buffer.alloc(14)
      rest.writeUInt32LE(offset, 10)
      directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name]))
      offset += local.length + bytes.length
      return local
    },
    /** The directory of all members. */
    end(): Buffer {
      const listed = Buffer.concat(directory)
      const end = Buffer.alloc(22)
      end.write('PK\x05\x06', 0, 'latin1')
      end.writeUInt16LE(directory.length, 8)
      end.writeUInt16LE(directory.length, 10)
      end.writeUInt32LE(listed.length, 12)
      end.writeUInt32LE(offset, 16)
      return Buffer.concat([listed, end])
    },
  }
}
