import { z } from 'zod'
import { baseSettings, chosenFeatures, namedChoices } from '../../base-config.ts'
import { commonSlots, type GameTemplate } from '../../template.ts'
import { themes } from '../../themes.ts'
import { memoryTextKeys } from './texts.ts'

export const memoryFeatures = ['golden-treats', 'power-ups', 'extra-hearts', 'swapping-cards'] as const

export const memoryConfig = z.strictObject({
  ...baseSettings,
  features: chosenFeatures(memoryFeatures),
  /** Boards in one play, each larger than the one before. */
  rounds: z.int().min(1).max(4),
})

export type MemoryConfig = z.infer<typeof memoryConfig>

const defaults: MemoryConfig = {
  petName: 'Pet',
  theme: 'garden',
  difficulty: 'medium',
  locale: 'en',
  features: ['golden-treats', 'power-ups', 'extra-hearts'],
  rounds: 3,
}

export const memoryTemplate: GameTemplate = {
  id: 'memory',
  version: '1.0.0',
  nameKey: 'memory.name',
  descriptionKey: 'memory.description',
  configSchema: memoryConfig,
  defaults,
  features: namedChoices('features', memoryFeatures),
  themes: namedChoices('themes', themes),
  difficulties: ['easy', 'medium', 'hard'],
  slots: commonSlots,
  textKeys: memoryTextKeys,
}
