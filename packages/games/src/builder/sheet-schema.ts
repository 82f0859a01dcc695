import { z } from 'zod'
import type { SpriteSheet } from '../sheet.ts'
import { GameBuildError } from './errors.ts'

const side = z.int().min(1).max(4096)
const offset = z.int().min(0).max(4096)

const sheetSchema = z.object({
  frames: z
    .array(
      z.object({
        frame: z.object({ x: offset, y: offset, w: side, h: side }),
        duration: z.int().min(1).max(10_000),
      }),
    )
    .min(1)
    .max(256),
  meta: z.object({
    size: z.object({ w: side, h: side }),
    frameTags: z
      .array(z.object({ name: z.string().min(1).max(40), from: offset, to: offset }))
      .max(64)
      .default([]),
  }),
})

/** Reads Aseprite's sheet JSON, keeping only what games use, so that an irrelevant field does not change a build. */
export function parseSheet(meta: unknown): SpriteSheet {
  const result = sheetSchema.safeParse(meta)
  if (!result.success)
    throw new GameBuildError('invalid_sheet', `The sprite sheet's data: ${z.prettifyError(result.error)}`)
  const { frames, meta: about } = result.data
  const { w, h } = about.size
  if (frames.some(({ frame }) => frame.x + frame.w > w || frame.y + frame.h > h)) {
    throw new GameBuildError('invalid_sheet', 'A frame of the sprite sheet lies outside its picture.')
  }
  if (about.frameTags.some((tag) => tag.from > tag.to || tag.to >= frames.length)) {
    throw new GameBuildError('invalid_sheet', 'An animation of the sprite sheet names frames that do not exist.')
  }
  return result.data
}
