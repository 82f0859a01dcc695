import { innocentWords, offensiveStems, offensiveWords, strongWords } from './slug-words.ts'

const digitLetters: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b' }

/** Digits as the letters they stand for: `b1tch8` as `bitchb`. */
export function readDigits(word: string): string {
  return word.replace(/[0134578]/g, (digit) => digitLetters[digit] ?? digit)
}

/** How the letters of a strong word are written by those who want to get by the list. */
const disguises: Record<string, string> = {
  a: '[a4]',
  b: '[b8]',
  e: '[e3]',
  f: '(?:f|ph)',
  i: '[i1]',
  l: '[l1]',
  o: '[o0]',
  s: '[s5]',
  t: '[t7]',
  u: '[uv]',
  v: '[uv]',
  w: '(?:w|vv)',
}

/** A word in every disguise, its letters drawn out as wished. A double letter stays one: `niger` is a country. */
function disguised(word: string): string {
  return word.replace(/(.)\1*/g, (run, letter: string) => `${disguises[letter] ?? letter}{${run.length},}`)
}

const oneOf = (words: readonly string[]) => words.map(disguised).join('|')
const innocent = new RegExp(innocentWords.join('|'), 'g')
const stem = new RegExp(oneOf(offensiveStems))
const strongWord = new RegExp(`^(?:${oneOf(strongWords)})s?$`)
/** `motherf` is but half a word: `mother-fed` is innocent. */
const cutUp = new RegExp(
  `^(?:${oneOf([...offensiveStems.filter((word) => word !== 'motherf'), ...strongWords])})(?:e?s|e?d|ers?|ing|y)?$`,
)

/**
 * Words of the list as a whole, stems anywhere in a word. Digits are read as the letters they stand for, short pieces in a
 * row (`f-u-c-k`, `fu-ck`) are put together, and the strong ones are known cut up (`fuc-k`), drawn out (`fuuuck`) and
 * disguised (`phvck`) as well.
 */
export function isOffensive(slug: string): boolean {
  const parts = slug.split('-').filter(Boolean)
  const pieced = slug.match(/(?<![a-z0-9])[a-z0-9]{1,2}(?:-[a-z0-9]{1,2})+(?![a-z0-9])/g) ?? []
  const words = [...parts, ...pieced.map((run) => run.replaceAll('-', ''))]
  return (
    words.some((word) => isOffensiveWord(word) || isOffensiveWord(readDigits(word))) ||
    runsOf(parts).some((run) => cutUp.test(run))
  )
}

function isOffensiveWord(word: string): boolean {
  if (offensiveWords.has(word) || (word.endsWith('s') && offensiveWords.has(word.slice(0, -1)))) return true
  return strongWord.test(word) || stem.test(word.replace(innocent, ''))
}

/** Every two or more parts in a row, as one word. Whole parts only: `rabbit-champ` and `who-rex` are pets. */
function runsOf(parts: readonly string[]): string[] {
  return parts.flatMap((_part, from) =>
    parts.slice(from + 1).map((_next, more) => parts.slice(from, from + more + 2).join('')),
  )
}
