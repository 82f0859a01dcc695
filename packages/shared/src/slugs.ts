/** Letters that do not fall apart into an ASCII letter and an accent. Cyrillic after BGN/PCGN, Greek after ELOT 743. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ŋ: 'n',
  ħ: 'h',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  є: 'ye',
  і: 'i',
  ґ: 'g',
  ђ: 'dj',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  џ: 'dz',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
}

/**
 * Letters of other scripts that are drawn like a Latin one, after Unicode's confusables.txt (UTS #39, "MA" mappings to
 * small letters). They count within a word that has Latin letters too: there nobody means the foreign sound.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  г: 'r',
  α: 'a',
  γ: 'y',
  ι: 'i',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  υ: 'u',
  օ: 'o',
  ո: 'n',
  ս: 'u',
  հ: 'h',
}

/** Any text in small ASCII letters and digits with hyphens between words: `Señor Fluff & Co.` as `senor-fluff-co`. */
export function toSlugText(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’`´]/g, '')
  return plain
    .replace(/[\p{L}\p{N}]+/gu, writeWord)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function writeWord(word: string): string {
  const table = /[a-z]/.test(word) ? { ...letters, ...lookAlikes } : letters
  return [...word].map((letter) => table[letter] ?? letter).join('')
}

const digitLooks: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 5: 's', 8: 'b' }

/**
 * What an address looks like at a glance: two with one skeleton are taken for each other, so only one pet gets either.
 * `1` and `l`, `0` and `o`, `rn` and `m` after UTS #39; `8` and `b`, `5` and `s`, `vv` and `w`, and hyphens, because
 * people read over them too.
 * The database keeps the same in the column `skeleton` (db/tables/urls.ts).
 */
export function slugSkeleton(slug: string): string {
  const plain = slug.replaceAll('-', '').replace(/[0158]/g, (digit) => digitLooks[digit] ?? digit)
  return plain.replaceAll('rn', 'm').replaceAll('vv', 'w')
}
