import { slugPattern } from '@sparkle/shared/text'
import type { Granularity, SlugRefusal } from '@sparkle/shared/urls'
import { slugSkeleton } from '@sparkle/shared/slugs'
import { isOffensive, readDigits } from './slug-offence.ts'
import { reservedWords } from './slug-words.ts'

export const maxSlugLength = 40

/** Why a slug may not be had by anybody, or null. Whether it is still free is the database's to say. */
export function refusalOf(slug: string): SlugFault | null {
  if (!slugPattern.test(slug) || isPunycode(slug)) return 'malformed'
  if (reservedSkeletons.has(slugSkeleton(slug)) || reservedWords.has(readDigits(slug))) return 'reserved_word'
  return isOffensive(slug) ? 'offensive' : null
}
export type SlugFault = Extract<SlugRefusal, 'malformed' | 'reserved_word' | 'offensive'>

/** `adm1n` and `log-in` would pass for our own pages as well as the word itself. */
const reservedSkeletons: ReadonlySet<string> = new Set([...reservedWords].map(slugSkeleton))

/** `xn--...` is how browsers write other scripts; a reader would see another name than the one we store. */
function isPunycode(slug: string): boolean {
  return slug.startsWith('xn--')
}

export interface DeploymentFacts {
  kind: 'deploy' | 'rollback'
  buildId: string
}

/**
 * The build a rollback brings back, or null. Deployments, oldest first, are a stack: each deploy puts one on top, each
 * rollback takes one off, so that a second rollback goes one further back and not forth again.
 */
export function buildBefore(deployments: readonly DeploymentFacts[]): string | null {
  const stack: string[] = []
  for (const { kind, buildId } of deployments)
    if (kind === 'deploy') stack.push(buildId)
    else stack.pop()
  return stack.at(-2) ?? null
}

const maxBuckets: Record<Granularity, number> = { hour: 31 * 24, day: 732 }
const dayMs = 86_400_000

/** From and to as days, both included; the last 30 days, or the last two by the hour, when left out. */
export function analyticsRange(
  query: { from?: string | undefined; to?: string | undefined; days?: number | undefined; granularity: Granularity },
  today: string,
) {
  const days = query.days ?? (query.granularity === 'day' ? 30 : 2)
  const to = query.to ?? (query.from && query.from > today ? query.from : today)
  const from = query.from ?? new Date(Date.parse(to) - (days - 1) * dayMs).toISOString().slice(0, 10)
  const spanDays = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  const buckets = spanDays * (query.granularity === 'hour' ? 24 : 1)
  const fault =
    spanDays < 1 ? ('reversed' as const) : buckets > maxBuckets[query.granularity] ? ('too_long' as const) : null
  return { from, to, fault }
}
