import { z } from 'zod'
import { baseSettings, chosenFeatures, namedChoices } from '../../base-config.ts'
import { commonSlots, type GameTemplate } from '../../template.ts'
import { themes } from '../../themes.ts'
import { catcherTextKeys } from './texts.ts'

export const catcherFeatures = ['golden-treats', 'power-ups', 'extra-hearts', 'treat-rain', 'double-speed'] as const

export const catcherConfig = z.strictObject({
  ...baseSettings,
  features: chosenFeatures(catcherFeatures),
  /** Length of one play. */
  durationSeconds: z.int().min(30).max(120),
})

export type CatcherConfig = z.infer<typeof catcherConfig>

const defaults: CatcherConfig = {
  petName: 'Pet',
  theme: 'garden',
  difficulty: 'medium',
  locale: 'en',
  features: ['golden-treats', 'power-ups', 'extra-hearts', 'treat-rain'],
  durationSeconds: 60,
}

export const catcherTemplate: GameTemplate = {
  id: 'catcher',
  version: '1.1.0',
  nameKey: 'catcher.name',
  descriptionKey: 'catcher.description',
  configSchema: catcherConfig,
  defaults,
  features: namedChoices('features', catcherFeatures),
  themes: namedChoices('themes', themes),
  difficulties: ['easy', 'medium', 'hard'],
  slots: commonSlots,
  textKeys: catcherTextKeys,
}
