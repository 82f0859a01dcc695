import { z } from 'zod'
import { id, text } from './text.ts'

const unit = z.number().min(0).max(1)
const hexColor = z.string().regex(/^#[0-9a-f]{6}$/)
const point = z.tuple([unit, unit])
const area = z.object({ x: unit, y: unit, width: unit, height: unit })

export const spriteSizes = [16, 24, 32, 48, 64, 96, 128] as const
export const ditherModes = [
  'none',
  'ordered',
  'ordered-4',
  'ordered-2',
  'halftone',
  'lines',
  'floyd-steinberg',
  'atkinson',
] as const
export const outlineModes = ['none', 'dark', 'light', 'color'] as const
export const outlinePlaces = ['outer', 'inner'] as const
export const animationNames = ['idle', 'walk', 'jump', 'happy'] as const
export const maskModes = ['replace', 'add', 'erase', 'intersect'] as const

const mode = z.enum(maskModes).meta({
  description:
    '`replace` begins anew, `add` keeps more, `erase` keeps less, `intersect` keeps what was kept and is marked now.',
})
const line = z.array(point).max(2000)

const maskStep = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('brush'), mode, radius: z.number().min(0.0005).max(0.5), points: line.min(1) })
      .meta({ description: 'A round brush along a line; `radius` in parts of the longest edge.' }),
    z
      .object({ kind: z.literal('lasso'), mode, points: line.min(3) })
      .meta({ description: 'What a line encloses, by the even-odd rule.' }),
    z.object({ kind: z.literal('ellipse'), mode, box: area }),
    z
      .object({
        kind: z.literal('wand'),
        mode,
        at: point,
        tolerance: z.number().min(0).max(100),
        contiguous: z.boolean().default(true),
      })
      .meta({ description: 'Everything coloured like the pixel at `at`; contiguous: what hangs together with it.' }),
    z
      .object({ kind: z.literal('guess'), mode, box: area })
      .meta({ description: 'What stands out from the surroundings of `box`: an automatic first cut-out.' }),
  ])
  .meta({ id: 'MaskStep' })

const maskEdge = z
  .object({
    specks: z
      .number()
      .min(0)
      .max(128)
      .default(0)
      .meta({ description: 'Loose bits and holes smaller than this vanish.' }),
    smooth: z.number().min(0).max(32).default(0).meta({ description: 'Takes corners off.' }),
    grow: z.number().min(-32).max(32).default(0).meta({ description: 'Wider by so much, narrower where negative.' }),
    feather: z.number().min(0).max(32).default(0).meta({ description: 'How far the edge fades.' }),
  })
  .meta({ description: 'Cleans the edge up after all steps; lengths in 1/1024 of the longest edge.' })

const place = z.int().min(-128).max(256)
const pixelEdit = z
  .object({
    x: place,
    y: place,
    color: hexColor.nullable(),
    frame: z
      .string()
      .regex(/^(?:still|idle|walk|jump|happy) \d{1,2}$/)
      .optional(),
  })
  .meta({
    description:
      'x and y from the upper left corner of the standing body, before mirroring. null: transparent. `frame` as named in ' +
      'the sheet; without it the pixel belongs to the standing body and all movements carry it.',
  })

const pointsAtMost = 20_000
const pointsOf = (step: z.infer<typeof maskStep>) => ('points' in step ? step.points.length : 1)

/** How a photo becomes game art. Coordinates are fractions of the work image, so a sharper photo can be swapped in. */
export const spriteRecipe = z
  .object({
    version: z.literal(2).default(2).meta({ description: 'Of the recipe format. One without it means the same.' }),
    crop: area.optional().meta({ examples: [{ x: 0.1, y: 0.05, width: 0.8, height: 0.9 }] }),
    mask: z
      .object({
        shape: z.enum(['polygon', 'ellipse']),
        points: z.array(point).min(2).max(2000),
      })
      .optional()
      .meta({
        description:
          'What stays: a polygon of points, or an ellipse by two opposite corners of its box. The steps go on from it.',
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
    steps: z
      .array(maskStep)
      .max(500)
      .refine((steps) => steps.reduce((sum, step) => sum + pointsOf(step), 0) <= pointsAtMost, {
        error: `All steps together may have ${pointsAtMost} points.`,
      })
      .default([])
      .meta({
        description: 'The cut-out, step by step, in order. They are kept, so that a better photo can be swapped in.',
        examples: [
          [
            { kind: 'guess', mode: 'replace', box: { x: 0.1, y: 0.05, width: 0.8, height: 0.9 } },
            { kind: 'wand', mode: 'erase', at: [0.5, 0.9], tolerance: 12, contiguous: true },
            {
              kind: 'brush',
              mode: 'add',
              radius: 0.02,
              points: [
                [0.31, 0.12],
                [0.33, 0.1],
              ],
            },
          ],
        ],
      }),
    edge: maskEdge.default({ specks: 0, smooth: 0, grow: 0, feather: 0 }),
    size: z.literal(spriteSizes).default(64),
    palette: z
      .union([text(40, 1), z.array(hexColor).min(2).max(256)])
      .optional()
      .meta({
        description: 'A named palette or colours; extracted from the photo when absent.',
        examples: [['#2b1d1a', '#7a4a2b', '#d99a5b', '#fff1dc']],
      }),
    colors: z.int().min(2).max(64).default(16),
    dither: z.enum(ditherModes).default('none'),
    ditherStrength: z.number().min(0).max(100).default(100),
    outline: z
      .object({ mode: z.enum(outlineModes), color: hexColor.optional(), place: z.enum(outlinePlaces).optional() })
      .default({ mode: 'dark' })
      .meta({ description: '`outer` (default) goes around the pet, `inner` takes its own rim.' }),
    animations: z.array(z.enum(animationNames)).max(4).default(['idle', 'walk']),
    mirrored: z.boolean().default(false),
    edits: z
      .object({
        width: z.int().min(1).max(128),
        height: z.int().min(1).max(128),
        pixels: z.array(pixelEdit).max(4096),
      })
      .optional()
      .meta({
        description:
          'Pixels corrected by hand, kept over every new render. `width` and `height` are those of the standing body they ' +
          'were made on; on a body of another size they are scaled with it.',
        examples: [
          {
            width: 44,
            height: 52,
            pixels: [
              { x: 12, y: 9, color: '#f5e0b8' },
              { x: 3, y: 0, color: null },
            ],
          },
        ],
      }),
  })
  .meta({ id: 'SpriteRecipe' })
export type SpriteRecipeView = z.infer<typeof spriteRecipe>

export const createSpriteInput = spriteRecipe
  .extend({
    paletteFrom: id.optional().meta({
      description: 'A sprite whose colours this one takes over, in place of `palette`: one palette for all of a pet.',
    }),
  })
  .meta({ id: 'CreateSpriteInput' })
export type CreateSpriteInput = z.infer<typeof createSpriteInput>

export const redrawSpriteInput = z
  .object({
    photoId: id.optional().meta({ description: 'Another photo of the same project, for instance a better one.' }),
    recipe: spriteRecipe.optional().meta({ description: "Another recipe; the sprite's own when absent." }),
    paletteFrom: id.optional().meta({ description: 'As in `CreateSpriteInput`.' }),
  })
  .meta({ id: 'RedrawSpriteInput', examples: [{ photoId: '01994d5e-5f0a-7c3e-9d55-0f6a1c2b3d4e' }] })
export type RedrawSpriteInput = z.infer<typeof redrawSpriteInput>
