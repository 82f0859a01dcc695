import type { GameLocale } from '@sparkle/shared/games'
import type { z } from 'zod'
import type { BaseConfig, GameTemplate } from './template.ts'

/** What the customer asked for in the order (PRODUCT.md S1): free words, some of which a template may not know. */
export interface GameWishes {
  theme?: string | undefined
  difficulty?: string | undefined
  features?: readonly string[] | undefined
}

/** What the game is for: the pet's name, and the language that its studio speaks. */
export interface GameFacts {
  petName: string
  locale: GameLocale
}

export interface CompletedConfig {
  config: BaseConfig
  /** Wishes that the template cannot fulfil, as `theme:pirates` or `feature:power-ups`, for staff to see. */
  unmetWishes: string[]
}

/** Carries Zod's findings; `issues` have paths into the config, so that a route can answer 422 with them. */
export class InvalidConfigError extends Error {
  readonly issues: z.core.$ZodIssue[]

  constructor(issues: z.core.$ZodIssue[]) {
    super('The game config does not fit the template')
    this.name = 'InvalidConfigError'
    this.issues = issues
  }
}

/**
 * Fills a partial config: what staff chose wins, then the order's wishes, then the studio's language and
 * the template's defaults. A wish that staff
 * overrode is met or unmet all the same, because the customer's wish is what the list is about.
 *
 * @throws InvalidConfigError if the partial config holds something that the template's schema refuses
 */
export function completeConfig(
  template: GameTemplate,
  partial: Record<string, unknown>,
  wishes: GameWishes,
  { petName, locale }: GameFacts,
): CompletedConfig {
  const unmetWishes: string[] = []
  const theme = pick(wishes.theme, ids(template.themes), 'theme', unmetWishes)
  const difficulty = pick(wishes.difficulty, template.difficulties, 'difficulty', unmetWishes)

  const known = ids(template.features)
  const features = [...new Set(wishes.features ?? [])].flatMap((wish) => {
    const feature = pick(wish, known, 'feature', unmetWishes)
    return feature === undefined ? [] : [feature]
  })

  const candidate = {
    ...template.defaults,
    petName,
    locale,
    ...(theme !== undefined && { theme }),
    ...(difficulty !== undefined && { difficulty }),
    ...(wishes.features !== undefined && wishes.features.length > 0 && { features }),
    ...partial,
  }
  const result = template.configSchema.safeParse(candidate)
  if (!result.success) throw new InvalidConfigError(result.error.issues)
  return { config: result.data, unmetWishes }
}

function ids(choices: readonly { id: string }[]): string[] {
  return choices.map((choice) => choice.id)
}

function pick(wish: string | undefined, offered: readonly string[], kind: string, unmet: string[]): string | undefined {
  if (wish === undefined || wish === '') return undefined
  if (offered.includes(wish)) return wish
  unmet.push(`${kind}:${wish}`)
  return undefined
}
