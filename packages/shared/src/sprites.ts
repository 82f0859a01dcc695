import { z } from 'zod'
import { text } from './text.ts'

const unit = z.number().min(0).max(1)
export const spriteSizes = [16, 24, 32, 48, 64, 96, 128] as const
export const ditherModes = ['none', 'ordered', 'floyd-steinberg'] as const
export const outlineModes = ['none', 'dark', 'light', 'color'] as const
export const animationNames = ['idle', 'walk', 'jump'] as const
const hexColor = z.string().regex(/^#[0-9a-f]{6}$/)

/** How a photo becomes game art. Coordinates are fractions of the work image, so a sharper photo can be swapped in. */
export const spriteRecipe = z
  .object({
    crop: z
      .object({ x: unit, y: unit, width: unit, height: unit })
      .optional()
      .meta({ examples: [{ x: 0.1, y: 0.05, width: 0.8, height: 0.9 }] }),
    mask: z
      .object({
        shape: z.enum(['polygon', 'ellipse']),
        points: z
          .array(z.tuple([unit, unit]))
          .min(2)
          .max(2000),
      })
      .optional()
      .meta({
        description: 'What stays: a polygon of points, or an ellipse by two opposite corners of its box.',
        examples: [
          {
            shape: 'ellipse',
            points: [
              [0.06, 0.03],
              [0.94, 0.97],
            ],
          },
        ],
      }),
    size: z.literal(spriteSizes).default(64),
    palette: z
      .union([text(40, 1), z.array(hexColor).min(2).max(64)])
      .optional()
      .meta({
        description: 'A named palette or colours; extracted from the photo when absent.',
        examples: [['#2b1d1a', '#7a4a2b', '#d99a5b', '#fff1dc']],
      }),
    colors: z.int().min(2).max(64).default(16),
    dither: z.enum(ditherModes).default('none'),
    outline: z.object({ mode: z.enum(outlineModes), color: hexColor.optional() }).default({ mode: 'dark' }),
    animations: z.array(z.enum(animationNames)).max(3).default(['idle', 'walk']),
    mirrored: z.boolean().default(false),
  })
  .meta({ id: 'SpriteRecipe' })
export type SpriteRecipeView = z.infer<typeof spriteRecipe>
