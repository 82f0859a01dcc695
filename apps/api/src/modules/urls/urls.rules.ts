import type { PackageType } from '@sparkle/shared/games'
import { slugPattern } from '@sparkle/shared/text'
import type { Granularity, SlugRefusal } from '@sparkle/shared/urls'
import { offensiveWords, reservedWords, titles, traitWords } from './slug-words.ts'
import { toSlugText } from './transliterate.ts'

export const maxSlugLength = 40
export const reservationDays = 30

/** How long an address stays live after its deploy or renewal, in years, by the package that was bought. */
export const termYears: Record<PackageType, number> = { express: 1, custom: 2, premium: 5 }

/** Why a slug may not be had by anybody, or null. Whether it is still free is the database's to say. */
export function refusalOf(slug: string): Exclude<SlugRefusal, 'taken' | 'resting'> | null {
  if (!slugPattern.test(slug) || isPunycode(slug)) return 'malformed'
  if (reservedWords.has(slug)) return 'reserved_word'
  return isOffensive(slug) ? 'offensive' : null
}

/** `xn--...` is how browsers write other scripts; a reader would see another name than the one we store. */
function isPunycode(slug: string): boolean {
  return slug.startsWith('xn--')
}

const digitLetters: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' }

/** Whole words only, digits read as the letters they stand for, spelled-out words (`f-u-c-k`) put together. */
export function isOffensive(slug: string): boolean {
  const words = slug.split('-').filter(Boolean)
  const spelled = words.every((word) => word.length === 1) ? [words.join('')] : []
  return [...words, ...spelled].some((word) => {
    const read = word.replace(/[013457]/g, (digit) => digitLetters[digit] ?? digit)
    return [word, read].some(
      (form) => offensiveWords.has(form) || (form.endsWith('s') && offensiveWords.has(form.slice(0, -1))),
    )
  })
}

export interface PetFacts {
  petName: string
  petBreed: string
  petPersonality: string
  theme: string | undefined
}

const maxSuggestions = 24

/**
 * Addresses that fit a pet, best first, all of them allowed; the database knows which are free. A name without a letter
 * we can write (an emoji, a script we do not transliterate) still gets some.
 */
export function suggestSlugs({ petName, petBreed, petPersonality, theme }: PetFacts): string[] {
  const name = toSlugText(petName) || 'my-pet'
  const firstName = name.split('-').find((word) => word.length > 2 && !titles.has(word)) ?? name
  const breed = toSlugText(petBreed)
  const lastOfBreed = breed.split('-').at(-1) ?? ''
  const traits = toSlugText(petPersonality)
    .split('-')
    .filter((word) => traitWords.has(word))
    .slice(0, 3)
  const place = toSlugText(theme ?? '')
  const candidates = [
    name,
    firstName,
    ...(breed ? [`${name}-the-${breed}`, `${name}-${breed}`, `${name}-the-${lastOfBreed}`] : []),
    ...traits.flatMap((trait) => [`${trait}-${name}`, `${name}-the-${trait}`]),
    ...(place ? [`${name}-${place}`, `${place}-${name}`] : []),
    `play-${name}`,
    `${name}-game`,
    `${name}-plays`,
    `go-${name}-go`,
    `hello-${name}`,
    `${name}-and-friends`,
    `${firstName}-2`,
    `${firstName}-3`,
    `${name}-world`,
  ]
  const fitting = candidates.map(cut).filter((slug) => refusalOf(slug) === null)
  return [...new Set(fitting)].slice(0, maxSuggestions)
}

/** At most {@link maxSlugLength} characters, cut between words where that leaves something. */
function cut(slug: string): string {
  if (slug.length <= maxSlugLength) return slug
  const short = slug.slice(0, maxSlugLength + 1)
  const end = short.lastIndexOf('-')
  return (end >= 3 ? short.slice(0, end) : short.slice(0, maxSlugLength)).replace(/-+$/, '')
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
  query: { from?: string | undefined; to?: string | undefined; granularity: Granularity },
  today: string,
) {
  const days = query.granularity === 'day' ? 30 : 2
  const to = query.to ?? (query.from && query.from > today ? query.from : today)
  const from = query.from ?? new Date(Date.parse(to) - (days - 1) * dayMs).toISOString().slice(0, 10)
  const spanDays = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  const buckets = spanDays * (query.granularity === 'hour' ? 24 : 1)
  const fault =
    spanDays < 1 ? ('reversed' as const) : buckets > maxBuckets[query.granularity] ? ('too_long' as const) : null
  return { from, to, fault }
}
