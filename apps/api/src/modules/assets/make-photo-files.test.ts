import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { chelsea, headerBomb, svg, telephonePhoto, turnedPortrait } from '../../../test/photos.ts'
import { makePhotoFiles } from './make-photo-files.ts'
import { typeOfName } from './sniff.ts'

async function filesOf(bytes: Buffer, mimeType: string, filename: string) {
  const outcome = await makePhotoFiles(bytes, { mimeType, filename })
  if ('rejected' in outcome) throw new Error(outcome.rejected)
  const files = Object.fromEntries(outcome.files.map((file) => [file.variant, file]))
  return { ...outcome, files }
}

describe('a good photo', () => {
  test('gets its four files, none larger than it', async () => {
    const { files, metadata } = await filesOf(chelsea, 'image/png', 'chelsea.png')
    expect(metadata).toEqual({ width: 451, height: 300 })
    expect(
      Object.values(files).map(({ variant, mimeType, width, height }) => [variant, mimeType, width, height]),
    ).toEqual([
      ['original', 'image/png', 451, 300],
      ['work', 'image/png', 451, 300],
      ['web', 'image/webp', 451, 300],
      ['thumb', 'image/webp', 400, 266],
    ])
    expect(await pixelsOf(files['original']?.bytes)).toEqual(await pixelsOf(chelsea))
  })

  test('stands upright, and none of its files holds metadata', async () => {
    expect(await sharp(turnedPortrait).metadata()).toMatchObject({ width: 1800, height: 1200, orientation: 6 })
    const { files, metadata } = await filesOf(turnedPortrait, 'image/jpeg', 'turned-portrait.jpg')
    expect(metadata).toEqual({ width: 1200, height: 1800 })
    expect(files['work']).toMatchObject({ width: 683, height: 1024 })
    expect(files['web']).toMatchObject({ width: 1067, height: 1600 })
    expect(await likeness(files['original']?.bytes, await sharp(turnedPortrait).rotate(90).toBuffer())).toBeLessThan(3)
    await expectBare(files)
  })

  test('does not tell where it was taken', async () => {
    const photo = await telephonePhoto()
    expect((await sharp(photo).metadata()).exif?.includes('PhoneMaker')).toBe(true)
    const { files, metadata } = await filesOf(photo, 'image/jpeg', 'IMG_2024.JPG')
    expect(metadata).toEqual({ width: 451, height: 300 })
    expect(await likeness(files['original']?.bytes, chelsea)).toBeLessThan(6)
    for (const file of Object.values(files)) expect(file?.bytes.includes('PhoneMaker')).toBe(false)
    await expectBare(files)
  })

  test('comes out the same every time', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => filesOf(turnedPortrait, 'image/jpeg', 'a.jpg')))
    expect(one).toEqual(two)
  })

  test('a colour profile is turned into sRGB', async () => {
    const wide = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#00ff00' } })
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const { files } = await filesOf(wide, 'image/png', 'p3.png')
    const [red = 99, green = 0, blue = 99] = await pixelsOf(files['work']?.bytes)
    expect(red).toBeLessThan(8)
    expect(green).toBeGreaterThan(247)
    expect(blue).toBeLessThan(8)
    await expectBare(files)
  })

  test.each([
    ['16 bits a channel', () => sharp(chelsea).toColourspace('rgb16').png().toBuffer(), 'image/png'],
    ['grey', () => sharp(chelsea).greyscale().png().toBuffer(), 'image/png'],
    [
      'a palette with transparency',
      () => sharp(chelsea).ensureAlpha(0.5).png({ palette: true }).toBuffer(),
      'image/png',
    ],
    ['CMYK', () => sharp(chelsea).toColourspace('cmyk').jpeg().toBuffer(), 'image/jpeg'],
    ['progressive', () => sharp(chelsea).jpeg({ progressive: true }).toBuffer(), 'image/jpeg'],
    ['WebP', () => sharp(chelsea).webp().toBuffer(), 'image/webp'],
  ])('is taken with %s', async (_kind, make, mimeType) => {
    const { files, metadata } = await filesOf(await make(), mimeType, 'photo')
    expect(metadata).toEqual({ width: 451, height: 300 })
    expect(files['original']?.mimeType).toBe(mimeType)
    expect(await sharp(files['work']?.bytes).metadata()).toMatchObject({ channels: 4, depth: 'uchar', space: 'srgb' })
  })
})

describe('a bad file is refused with its reason', () => {
  const jpeg = () => sharp(chelsea).jpeg().toBuffer()
  const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6))
  test.each([
    ['PNG named jpg', async () => chelsea, 'image/png', 'cat.jpg', 'type_mismatch'],
    ['PNG claimed to be JPEG', async () => chelsea, 'image/jpeg', 'cat', 'type_mismatch'],
    ['SVG as PNG', async () => svg, 'image/png', 'cat.png', 'vector_image'],
    ['nothing', async () => Buffer.alloc(0), 'image/png', 'cat.png', 'unknown_type'],
    ['text', async () => Buffer.from('hello'), 'image/png', 'cat.png', 'unknown_type'],
    ['truncated JPEG', async () => cut(await jpeg()), 'image/jpeg', 'cat.jpg', 'truncated'],
    ['truncated PNG', async () => cut(chelsea), 'image/png', 'cat.png', 'truncated'],
    ['truncated WebP', async () => cut(await sharp(chelsea).webp().toBuffer()), 'image/webp', 'cat.webp', 'truncated'],
    ['50,000 x 50,000 by its header', headerBomb, 'image/png', 'cat.png', 'too_many_pixels'],
    ['JPEG whose header is garbage', async () => mangled(await jpeg(), 20, 200), 'image/jpeg', 'cat.jpg', 'damaged'],
    ['PNG whose pixels are garbage', async () => mangled(chelsea, 2000, 4000), 'image/png', 'cat.png', 'damaged'],
  ])('%s', async (_what, make, mimeType, filename, reason) => {
    const began = process.cpuUsage()
    expect(await makePhotoFiles(await make(), { mimeType, filename })).toEqual({ rejected: reason })
    // Of the processor's time, not of the clock's: other tests run beside this one.
    const { user, system } = process.cpuUsage(began)
    expect((user + system) / 1000).toBeLessThan(2000)
  })
})

test('a name promises a type only by a known extension', () => {
  expect(typeOfName('Cat.JPEG')).toBe('image/jpeg')
  expect(typeOfName('cat.svg')).toBe('image/svg+xml')
  expect(typeOfName('IMG.2024')).toBeUndefined()
  expect(typeOfName('constructor.constructor')).toBeUndefined()
  expect(typeOfName('cat')).toBeUndefined()
})

function mangled(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(bytes)
  for (let at = from; at < to; at++) copy[at] = (at * 7) % 251
  return copy
}

async function pixelsOf(bytes: Buffer | undefined): Promise<Buffer> {
  return sharp(bytes).removeAlpha().raw().toBuffer()
}

/** Mean difference of two pictures' channels, 0..255. */
async function likeness(one: Buffer | undefined, two: Buffer): Promise<number> {
  const [a, b] = await Promise.all([pixelsOf(one), pixelsOf(two)])
  expect(a.length).toBe(b.length)
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length
}

async function expectBare(files: Record<string, { bytes: Buffer } | undefined>): Promise<void> {
  for (const file of Object.values(files)) {
    const { exif, xmp, iptc, icc, orientation } = await sharp(file?.bytes).metadata()
    expect({ exif, xmp, iptc, icc, orientation }).toEqual({})
  }
}
