import { z } from 'zod'
import { baseSettings, chosenFeatures, namedChoices } from '../../base-config.ts'
import { commonSlots, type GameTemplate } from '../../template.ts'
import { themes } from '../../themes.ts'
import { runnerTextKeys } from './texts.ts'

export const runnerFeatures = ['golden-treats', 'power-ups', 'extra-hearts', 'double-jump'] as const

export const runnerConfig = z.strictObject({
  ...baseSettings,
  features: chosenFeatures(runnerFeatures),
  /** The way home: who is still on their paws after this long has won. Few get so far on the longest. */
  durationSeconds: z.int().min(30).max(240),
})

export type RunnerConfig = z.infer<typeof runnerConfig>

const defaults: RunnerConfig = {
  petName: 'Pet',
  theme: 'garden',
  difficulty: 'medium',
  locale: 'en',
  features: ['golden-treats', 'power-ups', 'extra-hearts', 'double-jump'],
  durationSeconds: 180,
}

export const runnerTemplate: GameTemplate = {
  id: 'runner',
  version: '1.0.0',
  nameKey: 'runner.name',
  descriptionKey: 'runner.description',
  configSchema: runnerConfig,
  defaults,
  features: namedChoices('features', runnerFeatures),
  themes: namedChoices('themes', themes),
  difficulties: ['easy', 'medium', 'hard'],
  slots: commonSlots,
  textKeys: runnerTextKeys,
}
