import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url))

/** A cat, 451 x 300. */
export const chelsea = fixture('chelsea.png')
/** Stored 1800 x 1200 and turned by its EXIF orientation. */
export const turnedPortrait = fixture('turned-portrait.jpg')

/** The cat as a telephone's HEIC, 451 x 300, with maker and place in its EXIF. */
export const chelseaHeic = fixture('chelsea.heic')

/** A JPEG as a telephone makes it: upright only by its orientation, with maker and place in its EXIF. */
export function telephonePhoto(): Promise<Buffer> {
  return sharp(chelsea)
    .rotate(90)
    .jpeg()
    .withExif({
      IFD0: { Make: 'PhoneMaker', Orientation: '8' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '11/1 34/1 0/1' },
    })
    .withMetadata({ orientation: 8 })
    .toBuffer()
}

/** A PNG of a few hundred bytes whose header claims 50,000 x 50,000 pixels. */
export async function headerBomb(): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  png.writeUInt32BE(50_000, 16)
  png.writeUInt32BE(50_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

export const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>',
)
