import { createZip, type ZipMember } from '../../core/zip.ts'

export type { ZipMember }

/** A zip archive as a whole: photos and a page or two. */
export function writeZip(members: readonly ZipMember[]): Buffer {
  const zip = createZip()
  const parts = members.flatMap((member) => [zip.begin(member), member.bytes])
  return Buffer.concat([...parts, zip.end()])
}
