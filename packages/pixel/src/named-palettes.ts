/** Palettes to choose by name, each from dark to light. Colours of old machines are facts; the others are our own. */
export const namedPalettes = {
  /** The four greens of a hand-held console of 1989. */
  'handheld-4': ['#0f380f', '#306230', '#8bac0f', '#9bbc0f'],
  'grey-4': ['#17171c', '#5b5b66', '#a9a9b2', '#f4f4f0'],
  /** The sixteen colours of a well-known imaginary console. */
  'fantasy-16': [
    '#000000',
    '#1d2b53',
    '#7e2553',
    '#5f574f',
    '#008751',
    '#ab5236',
    '#83769c',
    '#ff004d',
    '#ff77a8',
    '#29adff',
    '#ffa300',
    '#c2c3c7',
    '#00e436',
    '#ffccaa',
    '#ffec27',
    '#fff1e8',
  ],
  /** The sixteen colours of a home computer of 1982, as commonly measured. */
  'home-16': [
    '#000000',
    '#352879',
    '#433900',
    '#444444',
    '#68372b',
    '#6f3d86',
    '#6c6c6c',
    '#6f4f25',
    '#588d43',
    '#6c5eb5',
    '#9a6759',
    '#70a4b2',
    '#959595',
    '#9ad284',
    '#b8c76f',
    '#ffffff',
  ],
  /** Furs from black over brown and ginger to cream, with eyes, nose and a little sky. */
  'fur-16': [
    '#1b1418',
    '#3a2a2a',
    '#5c3d30',
    '#4c5058',
    '#85573a',
    '#5d7a3a',
    '#b8593f',
    '#4f86b0',
    '#b07a48',
    '#868a90',
    '#d9964f',
    '#a9bf4e',
    '#e8a79a',
    '#e9bd80',
    '#f5e0b8',
    '#fffaf0',
  ],
} as const satisfies Record<string, readonly string[]>

export type PaletteName = keyof typeof namedPalettes

/** Whether a palette of this name exists. */
export function isPaletteName(name: string): name is PaletteName {
  return Object.hasOwn(namedPalettes, name)
}
