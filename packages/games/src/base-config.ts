import { difficulties, gameLocales } from '@sparkle/shared/games'
import { z } from 'zod'
import { themes } from './themes.ts'

/** The longest pet name, in characters as JavaScript counts them: as much as a project takes. */
export const MAX_PET_NAME = 60

/** The settings that every template has: spread them into its own `z.strictObject`. */
export const baseSettings = {
  petName: z
    .string()
    .trim()
    .min(1)
    .max(MAX_PET_NAME)
    .refine((name) => !name.includes('\u0000'), 'must not hold U+0000'),
  theme: z.enum(themes),
  difficulty: z.enum(difficulties),
  /** Language of all words in the game. Builds from before there was a choice are English. */
  locale: z.enum(gameLocales).default('en'),
}

/** The `features` setting of a template that offers exactly these. */
export function chosenFeatures<const Ids extends readonly [string, ...string[]]>(ids: Ids) {
  return z
    .array(z.enum(ids))
    .max(ids.length)
    .refine((list) => new Set(list).size === list.length, 'must not repeat a feature')
}

/** Declares features or themes by their ids; their names are `<namespace>.<id>` in the message store. */
export function namedChoices(namespace: 'features' | 'themes', ids: readonly string[]) {
  return ids.map((id) => ({ id, nameKey: `${namespace}.${id}` }))
}
