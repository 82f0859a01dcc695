import { slugSkeleton, toSlugText } from '@sparkle/shared/slugs'
import { maxSlugLength, refusalOf } from './urls.rules.ts'
import { breedNames, openEnds, suffixes, themePhrases, titles, traitWords, weakBreedWords } from './suggestion-words.ts'

export interface PetFacts {
  petName: string
  petBreed: string
  petPersonality: string
  theme: string | undefined
}

const maxSuggestions = 24

/**
 * Addresses that fit a pet, best first, all of them allowed; the database knows which are free. What does not fit into
 * an address is left out rather than cut in the middle, and none looks like another. A name without a letter that we can
 * write (an emoji, a script we do not transliterate) still gets some.
 */
export function suggestSlugs(facts: PetFacts): string[] {
  const full = fullName(facts.petName)
  const called = callName(full)
  const candidates = [
    full,
    called,
    ...byTrait(called, facts.petPersonality),
    ...byBreed(called, facts.petBreed),
    ...byTheme(called, facts.theme),
    `play-with-${called}`,
    `team-${called}`,
    `hello-${called}`,
    `little-${called}`,
    `go-${called}-go`,
    `${called}-and-friends`,
    `${called}-saves-the-day`,
    `where-is-${called}`,
    `hooray-for-${called}`,
    `super-${called}`,
    `${called}-at-play`,
    `a-game-for-${called}`,
  ]
  const seen = new Set<string>()
  return candidates
    .filter((slug) => slug.length <= maxSlugLength && refusalOf(slug) === null)
    .filter((slug) => {
      const skeleton = slugSkeleton(slug)
      return !seen.has(skeleton) && seen.add(skeleton)
    })
    .slice(0, maxSuggestions)
}

/** The whole name where it fits, else as many of its words as make a name. */
function fullName(petName: string): string {
  const words = toSlugText(petName).split('-').filter(Boolean)
  while (words.length > 1 && (words.join('-').length > maxSlugLength - 4 || openEnds.has(words.at(-1) ?? '')))
    words.pop()
  return words.join('-').slice(0, maxSlugLength - 4) || 'my-pet'
}

/** What one calls it by: `fluffington` of Sir Fluffington the Third. */
function callName(full: string): string {
  const words = full.split('-')
  const first = words.findIndex((word) => word.length > 1 && !titles.has(word) && !openEnds.has(word))
  if (first < 0) return full
  const name = words[first] ?? full
  const next = words[first + 1]
  // Two short words are one name (Mei Mei, Bo Peep); a word after that is rarely called out.
  return name.length <= 3 && next && !suffixes.has(next) ? `${name}-${next}` : name
}

/** Same first letter first: that is what people like to say. */
function byTrait(name: string, personality: string): string[] {
  const traits = [...new Set(toSlugText(personality).split('-'))].filter((word) => traitWords.has(word))
  const sounding = traits.filter((trait) => trait[0] === name[0])
  const ordered = [...sounding, ...traits.filter((trait) => !sounding.includes(trait))].slice(0, 3)
  return ordered.flatMap((trait) => [`${name}-the-${trait}`, `${trait}-${name}`])
}

function byBreed(name: string, petBreed: string): string[] {
  const breed = toSlugText(petBreed)
  if (!breed) return []
  const words = breed.split('-')
  const last = words.at(-1) ?? breed
  const short = breedNames[breed] ?? (weakBreedWords.has(last) && words.length > 1 ? words.slice(-2).join('-') : last)
  const told = [short, breed].filter((word) => !name.split('-').includes(word))
  return told.map((word) => `${name}-the-${word}`)
}

function byTheme(name: string, theme: string | undefined): string[] {
  const place = toSlugText(theme ?? '')
  if (!place) return []
  return (themePhrases[place] ?? [`and-the-${place}`]).map((phrase) => `${name}-${phrase}`)
}
