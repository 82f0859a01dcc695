import { copyPixels, createImage, type Image, type Rect } from './image.ts'
import { formatHex, labOfImage } from './oklab.ts'
import { extractPalette } from './palette.ts'
import { mostSheetEdge, packSheet, type AsepriteSheet, type BodySlice, type Strip } from './sheet.ts'

type Box = { x: number; y: number; w: number; h: number }

export type ImportedFrame = {
  frame: Box
  rotated: boolean
  trimmed: boolean
  spriteSourceSize?: Box | undefined
  sourceSize?: { w: number; h: number } | undefined
  duration: number
}

export type ImportedTag = {
  name: string
  from: number
  to: number
  direction: 'forward' | 'reverse' | 'pingpong' | 'pingpong_reverse'
}

/** Aseprite's JSON, checked for its shape; frames in either of the two kinds it writes. */
export type ImportedData = {
  frames: ImportedFrame[] | Record<string, ImportedFrame>
  meta: {
    size: { w: number; h: number }
    frameTags: ImportedTag[]
    slices: { name: string; keys: { bounds: Box; pivot?: { x: number; y: number } | undefined }[] }[]
  }
}

export type ImportedSprite = {
  sheet: Image
  /** What stands for the sprite: the first frame of `still`, else of `idle`, else of all. */
  still: Image
  meta: AsepriteSheet
  /** '#rrggbb', dark to light, at most 64: the still's colours, or those that show them best. */
  palette: string[]
}

export type SheetFault =
  | 'size_mismatch'
  | 'rotated'
  | 'frame_outside'
  | 'frame_padding'
  | 'sizes_differ'
  | 'frame_too_large'
  | 'tag_outside'
  | 'tag_twice'
  | 'too_long'
  | 'too_many_frames'
  | 'sheet_too_large'
  | 'empty'

/** Why a sheet cannot be taken over. The message is English and for developers; `fault` and `about` are for programs. */
export class SheetImportError extends Error {
  readonly fault: SheetFault
  /** The frame's number or the tag's name. */
  readonly about: string | null

  constructor(fault: SheetFault, message: string, about: string | null = null) {
    super(message)
    this.name = 'SheetImportError'
    this.fault = fault
    this.about = about
  }
}

const mostFrames = 256
const mostFrameEdge = 512
const longestMs = 10_000
const knownTags = ['still', 'idle', 'walk', 'jump', 'happy']

/**
 * Takes over a sheet as Aseprite exports it: trimmed frames get their room back, padding is dropped, tags that play
 * backwards or to and fro are written out forwards, and everything is laid out anew like a sheet of our own. Throws
 * `SheetImportError`.
 */
export function importSheet(image: Image, data: ImportedData): ImportedSprite {
  const { size, frameTags, slices } = data.meta
  if (size.w !== image.width || size.h !== image.height)
    fail(
      'size_mismatch',
      `The data is for a picture of ${size.w} x ${size.h}, this one has ${image.width} x ${image.height}.`,
    )
  const entries = Array.isArray(data.frames) ? data.frames : Object.values(data.frames)
  const canvas = canvasOf(entries)
  const frames = entries.map((entry, number) => ({
    image: readFrame(image, entry, number, canvas),
    durationMs: entry.duration,
  }))
  const strips = stripsOf(frames, frameTags)
  const stillOf =
    strips.find(({ name }) => name === 'still') ?? strips.find(({ name }) => name === 'idle') ?? strips[0]!
  const still = stillOf.frames[0]!
  if (!strips.some(({ name }) => name === 'still'))
    strips.unshift({ name: 'still', frames: [{ ...still, durationMs: 100 }] })
  assertFits(strips, canvas)
  if (still.image.data.every((value, i) => i % 4 !== 3 || value === 0))
    fail('empty', 'The frame that stands for the sprite is empty.')
  return { ...packSheet(strips, bodyOf(slices, canvas)), still: still.image, palette: paletteOf(still.image) }
}

function fail(fault: SheetFault, message: string, about?: string | number): never {
  throw new SheetImportError(fault, message, about === undefined ? null : String(about))
}

type Size = { w: number; h: number }

function canvasOf(entries: ImportedFrame[]): Size {
  const sizes = entries.map(({ sourceSize, frame }) => sourceSize ?? { w: frame.w, h: frame.h })
  const [first] = sizes
  if (!first) fail('empty', 'The sheet has no frame.')
  const other = sizes.findIndex(({ w, h }) => w !== first.w || h !== first.h)
  if (other >= 0) fail('sizes_differ', `Frame ${other} is not as large as frame 0. Export one sprite at a time.`, other)
  if (first.w < 1 || first.h < 1 || first.w > mostFrameEdge || first.h > mostFrameEdge)
    fail('frame_too_large', `A frame has 1 to ${mostFrameEdge} pixels a side, not ${first.w} x ${first.h}.`)
  return first
}

/** One frame with its trimmed room back and without the padding that was exported around it. */
function readFrame(image: Image, entry: ImportedFrame, number: number, canvas: Size): Image {
  if (entry.rotated)
    fail('rotated', `Frame ${number} is rotated; Aseprite never does that. Export without rotation.`, number)
  if (entry.duration > longestMs) fail('too_long', `Frame ${number} lasts longer than ${longestMs} ms.`, number)
  const { frame } = entry
  const place = entry.spriteSourceSize ?? { x: 0, y: 0, w: frame.w, h: frame.h }
  if (frame.x < 0 || frame.y < 0 || frame.x + frame.w > image.width || frame.y + frame.h > image.height)
    fail('frame_outside', `Frame ${number} lies outside the picture.`, number)
  if (place.x < 0 || place.y < 0 || place.x + place.w > canvas.w || place.y + place.h > canvas.h)
    fail('frame_outside', `Frame ${number} lies outside its canvas of ${canvas.w} x ${canvas.h}.`, number)
  const [padX, padY] = [(frame.w - place.w) / 2, (frame.h - place.h) / 2]
  if (padX < 0 || padY < 0 || padX % 1 !== 0 || padY % 1 !== 0)
    fail(
      'frame_padding',
      `Frame ${number} is ${frame.w} x ${frame.h} in the picture but ${place.w} x ${place.h} in the sprite.`,
      number,
    )
  const area: Rect = { x: frame.x + padX, y: frame.y + padY, width: place.w, height: place.h }
  const restored = createImage(canvas.w, canvas.h)
  copyPixels(image, area, restored, place.x, place.y)
  return restored
}

/** One strip for each tag; without tags all frames are `idle`. */
function stripsOf(frames: Strip['frames'], tags: ImportedTag[]): Strip[] {
  if (tags.length === 0) return [{ name: 'idle', frames }]
  const names = new Set<string>()
  return tags.map((tag) => {
    const small = tag.name.toLowerCase()
    const name = knownTags.includes(small) ? small : tag.name
    if (names.has(name)) fail('tag_twice', `Two tags are called ${name}.`, name)
    names.add(name)
    if (tag.from > tag.to || tag.to >= frames.length)
      fail('tag_outside', `Tag ${name} names frames ${tag.from} to ${tag.to} of ${frames.length}.`, name)
    return { name, frames: inOrder(frames.slice(tag.from, tag.to + 1), tag.direction) }
  })
}

/** To and fro does not show the turning points twice. */
function inOrder<T>(frames: T[], direction: ImportedTag['direction']): T[] {
  const there = direction === 'reverse' || direction === 'pingpong_reverse' ? [...frames].reverse() : frames
  if (direction === 'forward' || direction === 'reverse') return there
  return [...there, ...[...there].reverse().slice(1, -1)]
}

function assertFits(strips: Strip[], canvas: Size): void {
  const count = strips.reduce((sum, strip) => sum + strip.frames.length, 0)
  if (count > mostFrames) fail('too_many_frames', `All tags together may have ${mostFrames} frames, not ${count}.`)
  const columns = Math.floor(mostSheetEdge / canvas.w)
  const rows = strips.reduce((sum, strip) => sum + -Math.floor(-strip.frames.length / columns), 0)
  if (rows * canvas.h > mostSheetEdge)
    fail('sheet_too_large', `The sheet would be higher than ${mostSheetEdge} pixels.`)
}

/** The slice `body`, if the sprite has one that lies on its canvas. */
function bodyOf(slices: ImportedData['meta']['slices'], canvas: Size): BodySlice | undefined {
  const key = slices.find(({ name }) => name.toLowerCase() === 'body')?.keys[0]
  if (!key) return undefined
  const { x, y, w, h } = key.bounds
  if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > canvas.w || y + h > canvas.h) return undefined
  return { bounds: { x, y, w, h }, pivot: key.pivot ?? { x: Math.floor(w / 2), y: h } }
}

function paletteOf(still: Image): string[] {
  const inside = new Uint8Array(still.width * still.height)
  for (let i = 0; i < inside.length; i++) inside[i] = still.data[i * 4 + 3]! >= 128 ? 1 : 0
  return inside.includes(1) ? extractPalette(labOfImage(still), inside, 64).map(formatHex) : []
}
