import type { Frame } from './animate.ts'
import { copyPixels, createImage, opaqueBounds, type Image, type Rect } from './image.ts'

type Box = { x: number; y: number; w: number; h: number }

/** One frame's entry in Aseprite's "array" export; duration in milliseconds. */
export type AsepriteFrame = {
  filename: string
  frame: Box
  rotated: false
  trimmed: false
  spriteSourceSize: Box
  sourceSize: { w: number; h: number }
  duration: number
}

/** Frames `from` to `to`, both included. */
export type AsepriteTag = { name: string; from: number; to: number; direction: 'forward'; color: string }

/**
 * Aseprite's JSON export ("array" kind), which most engines read. Tag `still` is frame 0, then one tag per animation; slice
 * `body` bounds the standing pet (for hits), its pivot, relative to those bounds, is where it stands.
 */
export type AsepriteSheet = {
  frames: AsepriteFrame[]
  meta: {
    app: string
    version: string
    image: string
    format: 'RGBA8888'
    size: { w: number; h: number }
    scale: '1'
    frameTags: AsepriteTag[]
    slices: { name: 'body'; color: string; keys: ({ frame: 0 } & BodySlice)[] }[]
  }
}

/** Where the pet's body is in a frame, and, from that corner, where it stands. */
export type BodySlice = { bounds: Box; pivot: { x: number; y: number } }

export type Strip = { name: string; frames: Frame[] }

/** No side of a sheet is longer, in pixels: what every graphics processor can hold. */
export const mostSheetEdge = 4096

/**
 * Lays each strip out as a row (or several, where one would be too long) of one sheet, all frames of equal size, and
 * describes it; empty strips are left out. `body` is read off the first frame if it is not given.
 */
export function packSheet(strips: Strip[], body?: BodySlice): { sheet: Image; meta: AsepriteSheet } {
  const rows = strips.filter((strip) => strip.frames.length > 0)
  const first = rows[0]?.frames[0]?.image
  if (!first) throw new RangeError('a sheet needs a frame')
  const { width, height } = first
  const most = Math.max(1, Math.floor(mostSheetEdge / width))
  const columns = Math.min(most, Math.max(...rows.map((strip) => strip.frames.length)))
  const rowsOf = (strip: Strip) => -Math.floor(-strip.frames.length / columns)
  const sheet = createImage(columns * width, rows.reduce((sum, strip) => sum + rowsOf(strip), 0) * height)
  const frames: AsepriteFrame[] = []
  const frameTags: AsepriteTag[] = []
  let top = 0
  for (const strip of rows) {
    const from = frames.length
    strip.frames.forEach(({ image, durationMs }, column) => {
      const [x, y] = [(column % columns) * width, top + Math.floor(column / columns) * height]
      copyPixels(image, { x: 0, y: 0, width, height }, sheet, x, y)
      frames.push({
        filename: `${strip.name} ${column}`,
        frame: { x, y, w: width, h: height },
        rotated: false,
        trimmed: false,
        spriteSourceSize: { x: 0, y: 0, w: width, h: height },
        sourceSize: { w: width, h: height },
        duration: durationMs,
      })
    })
    frameTags.push({ name: strip.name, from, to: frames.length - 1, direction: 'forward', color: '#000000ff' })
    top += rowsOf(strip) * height
  }
  return {
    sheet,
    meta: {
      frames,
      meta: {
        app: 'SparkleClassic',
        version: '1',
        image: 'sprite.png',
        format: 'RGBA8888',
        size: { w: sheet.width, h: sheet.height },
        scale: '1',
        frameTags,
        slices: bodySlices(body ?? readBody(opaqueBounds(first))),
      },
    },
  }
}

/** The pixels of one frame of a sheet, for instance to play it in a preview. */
export function frameImage(sheet: Image, entry: AsepriteFrame): Image {
  const { x, y, w, h } = entry.frame
  const image = createImage(w, h)
  copyPixels(sheet, { x, y, width: w, height: h }, image, 0, 0)
  return image
}

/** The same description in Aseprite's "hash" kind: frames by their names. */
export function toHash({ frames, meta }: AsepriteSheet) {
  return { frames: Object.fromEntries(frames.map(({ filename, ...frame }) => [filename, frame])), meta }
}

function readBody(body: Rect | null): BodySlice | null {
  if (!body) return null
  const bounds = { x: body.x, y: body.y, w: body.width, h: body.height }
  return { bounds, pivot: { x: Math.floor(body.width / 2), y: body.height } }
}

function bodySlices(body: BodySlice | null): AsepriteSheet['meta']['slices'] {
  return body ? [{ name: 'body', color: '#0000ffff', keys: [{ frame: 0, ...body }] }] : []
}
