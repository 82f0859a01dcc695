import { createImage, opaqueBounds, type Image, type Rect } from '@sparkle/pixel/image'
import sharp from 'sharp'
import { drawName, drawProps, type Put } from './picture-props.ts'

export interface BuildPicture {
  path: string
  mimeType: 'image/png'
  bytes: Uint8Array
}

type Color = readonly [number, number, number]

interface Scene {
  /** From the top down to the horizon. */
  sky: readonly Color[]
  light: Color
  far: Color
  near: Color
  ground: Color
  groundEdge: Color
}

const garden: Scene = {
  sky: [
    [86, 169, 232],
    [124, 194, 240],
    [167, 216, 244],
    [212, 236, 240],
  ],
  light: [255, 244, 190],
  far: [126, 190, 140],
  near: [94, 168, 104],
  ground: [74, 140, 78],
  groundEdge: [122, 190, 94],
}
const scenes: Record<string, Scene> = {
  garden,
  seaside: {
    sky: [
      [76, 170, 222],
      [118, 200, 232],
      [172, 224, 236],
      [248, 232, 200],
    ],
    light: [255, 238, 168],
    far: [70, 150, 190],
    near: [86, 176, 204],
    ground: [236, 208, 150],
    groundEdge: [250, 230, 180],
  },
  snow: {
    sky: [
      [112, 140, 196],
      [146, 174, 216],
      [184, 206, 232],
      [224, 234, 244],
    ],
    light: [255, 250, 232],
    far: [168, 190, 220],
    near: [196, 214, 234],
    ground: [226, 236, 246],
    groundEdge: [250, 252, 255],
  },
  space: {
    sky: [
      [24, 18, 56],
      [40, 28, 84],
      [62, 40, 112],
      [92, 58, 138],
    ],
    light: [248, 236, 206],
    far: [70, 50, 118],
    near: [90, 66, 140],
    ground: [116, 88, 158],
    groundEdge: [158, 126, 196],
  },
}

const shareName = 'share.png'

export interface PictureAbout {
  theme: string
  /** Decides what lies around the pet. */
  templateId: string
  petName: string
}

/** Thresholds of ordered dithering, 0..15 (Bayer 1973). */
const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

/**
 * The icons of the home screen and the picture that is shown where a link is shared, drawn from the standing pet. Whole
 * numbers only and no fonts, so that every machine draws the same bytes.
 */
export async function makePictures(stillPng: Uint8Array, about: PictureAbout): Promise<BuildPicture[]> {
  const { theme, templateId, petName } = about
  const pet = await decode(stillPng)
  const scene = scenes[theme] ?? garden
  const draw = async (
    path: string,
    width: number,
    height: number,
    cell: number,
    petShare: number,
  ): Promise<BuildPicture> => {
    const image = paintScene(width, height, cell, scene)
    if (path === shareName) {
      const grid = { columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) }
      const put: Put = (x, y, color) => fill(image, { x: x * cell, y: y * cell, width: cell, height: cell }, rgb(color))
      drawProps(put, grid, theme, templateId)
      drawName(put, grid, petName)
    }
    placePet(image, pet, petShare)
    return { path, mimeType: 'image/png', bytes: await encode(image) }
  }
  return [
    await draw('icon-192.png', 192, 192, 4, 0.66),
    await draw('icon-512.png', 512, 512, 8, 0.66),
    await draw(shareName, 1200, 630, 6, 0.62),
  ]
}

async function decode(png: Uint8Array): Promise<Image> {
  const { data, info } = await sharp(png).ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

async function encode({ width, height, data }: Image): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 9, adaptiveFiltering: false })
    .toBuffer()
}

/** Sky, light, two rows of hills and the ground, in squares of `cell` pixels. */
function paintScene(width: number, height: number, cell: number, scene: Scene): Image {
  const image = createImage(width, height)
  const columns = Math.ceil(width / cell)
  const rows = Math.ceil(height / cell)
  const horizon = Math.floor(rows * 0.8)
  const [lightX, lightY, radius] = [Math.floor(columns * 0.82), Math.floor(rows * 0.22), Math.floor(rows * 0.1)]
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const far = horizon - Math.floor(rows * 0.16) - hill(x, 34, Math.floor(rows * 0.12))
      const near = horizon - Math.floor(rows * 0.04) - hill(x + 17, 22, Math.floor(rows * 0.08))
      const inLight = (x - lightX) * (x - lightX) + (y - lightY) * (y - lightY) <= radius * radius + radius
      const color =
        y >= horizon
          ? y < horizon + 2
            ? scene.groundEdge
            : scene.ground
          : y >= near
            ? scene.near
            : y >= far
              ? scene.far
              : inLight
                ? scene.light
                : skyAt(scene, x, y, horizon)
      fill(image, { x: x * cell, y: y * cell, width: cell, height: cell }, color)
    }
  return image
}

/** Round hills from parabolas, `span` cells wide and up to `rise` high. */
function hill(x: number, span: number, rise: number): number {
  const at = x % span
  const place = Math.floor(x / span) % 3
  return Math.floor((rise * (place + 2) * 4 * at * (span - at)) / (4 * span * span))
}

/** The sky's colours run into one another by dithering, as in the games. */
function skyAt({ sky }: Scene, x: number, y: number, horizon: number): Color {
  const steps = sky.length - 1
  const sixteenths = Math.floor((y * steps * 16) / horizon)
  const band = Math.floor(sixteenths / 16)
  const lower = sixteenths % 16 > (bayer[(y % 4) * 4 + (x % 4)] ?? 0)
  return sky[Math.min(steps, band + (lower ? 1 : 0))] ?? [0, 0, 0]
}

function fill(image: Image, area: Rect, [red, green, blue]: Color): void {
  const right = Math.min(image.width, area.x + area.width)
  const bottom = Math.min(image.height, area.y + area.height)
  for (let y = Math.max(0, area.y); y < bottom; y += 1)
    for (let x = Math.max(0, area.x); x < right; x += 1)
      image.data.set([red, green, blue, 255], (y * image.width + x) * 4)
}

/** A colour of the games' palettes, `#rrggbb`. */
function rgb(color: string): Color {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** The pet on the ground in the middle, by a whole factor where it fits, so that its pixels stay squares. */
function placePet(image: Image, pet: Image, share: number): void {
  const body = opaqueBounds(pet)
  if (!body) return
  const room = Math.floor(Math.min(image.width, image.height) * share)
  const side = Math.max(body.width, body.height)
  const [times, parts] = side <= room ? [Math.floor(room / side), 1] : [room, side]
  const width = Math.floor((body.width * times) / parts)
  const height = Math.floor((body.height * times) / parts)
  const left = Math.floor((image.width - width) / 2)
  const top = Math.floor(image.height * 0.87) - height
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from =
        ((body.y + Math.floor((y * parts) / times)) * pet.width + body.x + Math.floor((x * parts) / times)) * 4
      blend(image, left + x, top + y, pet.data.subarray(from, from + 4))
    }
}

function blend(image: Image, x: number, y: number, [red = 0, green = 0, blue = 0, alpha = 0]: Uint8ClampedArray): void {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return
  const at = (y * image.width + x) * 4
  const mix = (over: number, channel: number) =>
    Math.floor((over * alpha + (image.data[at + channel] ?? 0) * (255 - alpha)) / 255)
  image.data.set([mix(red, 0), mix(green, 1), mix(blue, 2), 255], at)
}
