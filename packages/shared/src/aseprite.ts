import { z } from 'zod'
import { name, text } from './text.ts'

const offset = z.int().min(-8192).max(8192)
const side = z.int().min(0).max(8192)
const box = z.object({ x: offset, y: offset, w: side, h: side })

const frame = z.object({
  frame: box,
  rotated: z.boolean().default(false),
  trimmed: z.boolean().default(false),
  spriteSourceSize: box.optional(),
  sourceSize: z.object({ w: side, h: side }).optional(),
  duration: z.int().min(1).max(65_535).default(100).meta({ description: 'Milliseconds.' }),
})

const tag = z.object({
  name: name(40),
  from: z.int().min(0).max(1023),
  to: z.int().min(0).max(1023),
  direction: z.enum(['forward', 'reverse', 'pingpong', 'pingpong_reverse']).default('forward'),
})

const slice = z.object({
  name: text(80),
  keys: z
    .array(z.object({ frame: z.int().min(0), bounds: box, pivot: z.object({ x: offset, y: offset }).optional() }))
    .max(1024)
    .default([]),
})

/**
 * Aseprite's sheet JSON as its "Export Sprite Sheet" and `--data` write it (aseprite.org/docs/cli): frames as an array or,
 * keyed by their file names, as an object; what we have no use for (layers, colours of tags) is left out.
 */
export const asepriteData = z
  .object({
    frames: z.union([
      z.array(frame).min(1).max(1024),
      z
        .record(text(200), frame)
        .refine((frames) => Object.keys(frames).length <= 1024, { error: 'A sheet has at most 1,024 frames.' })
        .refine((frames) => Object.keys(frames).length > 0, { error: 'A sheet has at least one frame.' }),
    ]),
    meta: z.object({
      size: z.object({ w: side, h: side }),
      frameTags: z.array(tag).max(64).default([]),
      slices: z.array(slice).max(64).default([]),
    }),
  })
  .meta({ id: 'AsepriteData' })
export type AsepriteData = z.infer<typeof asepriteData>

const boxView = z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() })
const frameView = z.object({
  frame: boxView,
  rotated: z.boolean(),
  trimmed: z.boolean(),
  spriteSourceSize: boxView,
  sourceSize: z.object({ w: z.int(), h: z.int() }),
  duration: z.int().meta({ description: 'Milliseconds.' }),
})

/** Our sheets, as Aseprite would describe them. */
export const spriteSheetView = z
  .object({
    frames: z.union([z.array(frameView.extend({ filename: z.string() })), z.record(z.string(), frameView)]),
    meta: z.object({
      app: z.string(),
      version: z.string(),
      image: z.string(),
      format: z.string(),
      size: z.object({ w: z.int(), h: z.int() }),
      scale: z.string(),
      frameTags: z.array(
        z.object({
          name: z.string(),
          from: z.int(),
          to: z.int(),
          direction: z.string(),
          color: z.string(),
        }),
      ),
      slices: z.array(
        z.object({
          name: z.string(),
          color: z.string(),
          keys: z.array(z.object({ frame: z.int(), bounds: boxView, pivot: z.object({ x: z.int(), y: z.int() }) })),
        }),
      ),
    }),
  })
  .meta({ id: 'SpriteSheet' })

export const sheetQuery = z.object({
  format: z
    .enum(['array', 'hash'])
    .default('array')
    .meta({ description: 'Frames as a list, or keyed by their names: the two kinds that Aseprite writes.' }),
})
