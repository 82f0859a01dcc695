import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { AssetType, RejectionReason } from '@sparkle/shared/assets'
import { chelsea, chelseaHeic, headerBomb, svg } from './photos.ts'
import { cutMp3, mp3 } from './sounds.ts'

export interface TestFile {
  what: string
  assetType: AssetType
  filename: string
  mimeType: string
  make: () => Buffer | Promise<Buffer>
}
export interface HostileFile extends TestFile {
  reason: RejectionReason
}

const photo = (what: string, filename: string, make: TestFile['make']): TestFile => ({
  what,
  assetType: 'photo',
  filename,
  mimeType:
    { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', heic: 'image/heic' }[filename.split('.')[1] ?? ''] ?? '',
  make,
})
const sound = (what: string, make: TestFile['make']): TestFile => ({
  what,
  assetType: 'sound',
  filename: 'bark.mp3',
  mimeType: 'audio/mpeg',
  make,
})
const config = (what: string, make: TestFile['make']): TestFile => ({
  what,
  assetType: 'config',
  filename: 'game.json',
  mimeType: 'application/json',
  make,
})
const because = (reason: RejectionReason, ...files: TestFile[]): HostileFile[] =>
  files.map((file) => ({ ...file, reason }))

const jpeg = () => sharp(chelsea).jpeg().toBuffer()
const html = '<!DOCTYPE html><html><script>alert(1)</script></html>'
const emptyZip = Buffer.from('PK\u0003\u0004 evil PK\u0005\u0006'.padEnd(40, '\0'), 'latin1')

/** A segment of a JPEG put in front of its own first one. */
async function jpegWith(marker: number, content: string): Promise<Buffer> {
  const bytes = await jpeg()
  const segment = Buffer.alloc(4)
  segment.writeUInt16BE(0xff00 | marker)
  segment.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([bytes.subarray(0, 2), segment, Buffer.from(content, 'latin1'), bytes.subarray(2)])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A small picture whose one chunk of pixels unfolds to 200 MB. */
async function fatPixels(): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  return Buffer.concat([
    png.subarray(0, 33),
    chunk('IDAT', deflateSync(Buffer.alloc(200_000_000, 7), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** JPEG, ITU T.81 B.2.2: height and width stand five bytes into the frame's header. */
async function wideJpeg(): Promise<Buffer> {
  const bytes = await jpeg()
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(50_000, frame + 5)
  bytes.writeUInt16BE(50_000, frame + 7)
  return bytes
}

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

/** The size a HEIC says it has (`ispe`), in all of its pictures. */
const wideHeic = () =>
  changed(chelseaHeic, (copy) => {
    for (let at = copy.indexOf('ispe'); at !== -1; at = copy.indexOf('ispe', at + 4)) {
      copy.writeUInt32BE(50_000, at + 8)
      copy.writeUInt32BE(50_000, at + 12)
    }
  })

/** The largest upload there is, cut into as many parts as its format allows. */
const confetti = (beginning: Buffer, part: Buffer) =>
  Buffer.concat([beginning, Buffer.alloc(10 * 1024 * 1024 - beginning.length, part)])
const riff = Buffer.from('RIFF\xf8\xff\x9f\0WEBP', 'latin1')

const flat = (edge: number) =>
  sharp({ create: { width: edge, height: edge, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
const garbage = (bytes: Buffer, from: number, to: number) =>
  changed(bytes, (copy) => {
    for (let at = from; at < to; at++) copy[at] = (at * 7) % 251
  })

/** Files somebody might send to break the studio, each with the one reason it has to be refused for. */
export const hostileFiles: readonly HostileFile[] = [
  ...because(
    'too_many_pixels',
    photo('PNG whose header says 50,000 x 50,000', 'a.png', headerBomb),
    photo('JPEG whose header says 50,000 x 50,000', 'a.jpg', wideJpeg),
    photo('HEIC whose header says 50,000 x 50,000', 'a.heic', wideHeic),
  ),
  ...because(
    'decompression_bomb',
    photo('49 white megapixels in 150 kB', 'a.png', () => flat(7000)),
  ),
  ...because(
    'damaged',
    photo('PNG whose pixels unfold to 200 MB', 'a.png', fatPixels),
    photo('PNG with a broken chunk', 'a.png', () => garbage(chelsea, 2000, 2100)),
    photo('PNG with a chunk of a wrong checksum', 'a.png', () =>
      changed(chelsea, (copy) =>
        copy.writeUInt32BE(1, copy.indexOf('IDAT') + 4 + copy.readUInt32BE(copy.indexOf('IDAT') - 4)),
      ),
    ),
    photo('JPEG with broken tables', 'a.jpg', async () => garbage(await jpeg(), 20, 200)),
    photo('JPEG of 2,600,000 comments', 'a.jpg', () =>
      confetti(Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xfe, 0, 2])),
    ),
    photo('PNG of 870,000 chunks', 'a.png', () => confetti(chelsea.subarray(0, 33), chunk('tEXt', Buffer.alloc(0)))),
    photo('WebP of 1,300,000 chunks', 'a.webp', () => confetti(riff, Buffer.from('EXIF\0\0\0\0'))),
    photo('HEIC of 1,300,000 boxes', 'a.heic', () =>
      confetti(chelseaHeic.subarray(0, chelseaHeic.readUInt32BE(0)), Buffer.from('\0\0\0\bfree')),
    ),
    photo('HEIC of noise', 'a.heic', () => garbage(chelseaHeic, 48, chelseaHeic.length)),
    sound('MP3 with a page in its middle', () => {
      const bytes = mp3()
      return Buffer.concat([bytes.subarray(0, 20_000), Buffer.from(html), bytes.subarray(20_000)])
    }),
  ),
  ...because(
    'truncated',
    photo('half a PNG', 'a.png', () => chelsea.subarray(0, 90_000)),
    photo('half a JPEG', 'a.jpg', async () => (await jpeg()).subarray(0, 9000)),
    photo('half a HEIC', 'a.heic', () => chelseaHeic.subarray(0, 9000)),
    sound('MP3 cut within a frame', () => mp3().subarray(0, 20_000)),
    sound('MP3 cut between frames', cutMp3),
  ),
  ...because(
    'vector_image',
    photo('SVG as PNG', 'a.png', () => svg),
    photo('SVG as HEIC', 'a.heic', () => svg),
  ),
  ...because(
    'web_page',
    sound('MP3 that is a page', () => Buffer.from(html)),
    photo('page as JPEG', 'a.jpg', () => Buffer.from(` \n${html}`)),
  ),
  ...because(
    'polyglot',
    photo('PNG that is an archive, too', 'a.png', () => Buffer.concat([chelsea, emptyZip])),
    photo('JPEG that is a page, too', 'a.jpg', async () => Buffer.concat([await jpeg(), Buffer.from(html)])),
    photo('JPEG that is a PDF, too', 'a.jpg', () => jpegWith(0xfe, '%PDF-1.7 obj')),
    photo('JPEG with a script for PHP', 'a.jpg', () => jpegWith(0xe1, '<?php system($_GET[0]); ?>')),
    photo('PNG with a page in its text', 'a.png', () =>
      Buffer.concat([chelsea.subarray(0, 33), chunk('tEXt', Buffer.from(`Comment\0${html}`)), chelsea.subarray(33)]),
    ),
    photo('WebP with an archive behind it', 'a.webp', async () =>
      Buffer.concat([await sharp(chelsea).webp().toBuffer(), emptyZip]),
    ),
  ),
  ...because('type_mismatch', photo('JPEG as PNG', 'a.png', jpeg), {
    ...sound('MP3 named as a picture', () => mp3()),
    filename: 'bark.png',
  }),
  ...because(
    'unknown_type',
    photo('nothing but zeros', 'a.png', () => Buffer.alloc(5000)),
    sound('a PNG as MP3', () => chelsea),
  ),
  ...because(
    'invalid_json',
    config('no JSON', () => Buffer.from('{"speed": 1,}')),
    config('a list', () => Buffer.from('[1]')),
    config('a prototype', () => Buffer.from('{"a": {"__proto__": {"x": 1}}}')),
    config('no UTF-8', () => Buffer.from([0x7b, 0xff, 0x7d])),
  ),
  ...because(
    'json_too_complex',
    config('10,000 levels deep', () => Buffer.from(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)),
    config('60,000 values', () => Buffer.from(JSON.stringify({ a: Array.from({ length: 60_000 }, () => 1) }))),
  ),
]

/** Files of the same kinds that are good: the control of all of these refusals. */
export const goodFiles: readonly TestFile[] = [
  photo('a PNG', 'a.png', () => chelsea),
  photo('a JPEG with a comment', 'a.jpg', () => jpegWith(0xfe, 'Made by a cat.')),
  photo('a JPEG with a clip of film behind it, as telephones make', 'a.jpg', async () =>
    Buffer.concat([await jpeg(), Buffer.from('\0\0\0\u0018ftypmp42'), Buffer.alloc(50_000, 0x5a)]),
  ),
  photo('a WebP', 'a.webp', () => sharp(chelsea).webp().toBuffer()),
  photo('a HEIC', 'a.heic', () => chelseaHeic),
  photo('a drawing in flat colours', 'a.png', () => flat(3000)),
  photo('24 megapixels', 'a.jpg', () => sharp(chelsea).resize(6000, 4000, { fit: 'fill' }).jpeg().toBuffer()),
  sound('an MP3', () => mp3()),
  config('settings', () => Buffer.from('{"speed": 1.5, "names": ["a", "b"]}')),
]
