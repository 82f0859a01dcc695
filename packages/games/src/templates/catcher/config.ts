import { z } from 'zod'
import type { GameTemplate } from '../../template.ts'

export const catcherThemes = ['garden', 'seaside', 'snow', 'space'] as const
export const catcherFeatures = ['golden-treats', 'power-ups', 'extra-hearts', 'treat-rain', 'double-speed'] as const

export type CatcherTheme = (typeof catcherThemes)[number]
export type CatcherFeature = (typeof catcherFeatures)[number]

export const catcherConfig = z.strictObject({
  petName: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .refine((name) => !name.includes('\u0000'), 'must not hold U+0000'),
  theme: z.enum(catcherThemes),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  features: z
    .array(z.enum(catcherFeatures))
    .max(catcherFeatures.length)
    .refine((list) => new Set(list).size === list.length, 'must not repeat a feature'),
  /** Length of one play. */
  durationSeconds: z.int().min(30).max(120),
})

export type CatcherConfig = z.infer<typeof catcherConfig>

const defaults: CatcherConfig = {
  petName: 'Pet',
  theme: 'garden',
  difficulty: 'medium',
  features: ['golden-treats', 'power-ups', 'extra-hearts', 'treat-rain'],
  durationSeconds: 60,
}

export const catcherTemplate: GameTemplate = {
  id: 'catcher',
  version: '1.0.0',
  nameKey: 'catcher.name',
  descriptionKey: 'catcher.description',
  configSchema: catcherConfig,
  defaults,
  features: catcherFeatures.map((id) => ({ id, nameKey: `features.${id}` })),
  themes: catcherThemes.map((id) => ({ id, nameKey: `themes.${id}` })),
  difficulties: ['easy', 'medium', 'hard'],
  slots: [
    { id: 'pet', required: true, accepts: ['sprite'] },
    { id: 'background', required: false, accepts: ['background', 'photo'] },
    { id: 'sound', required: false, accepts: ['sound'] },
  ],
}
