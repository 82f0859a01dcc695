import type { DitherMode } from './recipe.ts'

/** A square pattern: the order, 0..edge * edge - 1, in which its pixels take the second colour as its share grows. */
export type Thresholds = { edge: number; order: readonly number[] }

type Ordered = Exclude<DitherMode, 'none' | 'floyd-steinberg' | 'atkinson'>

// prettier-ignore
export const thresholds: Readonly<Record<Ordered, Thresholds>> = {
  /** Bayer (1973). */
  'ordered': { edge: 8, order: [
     0, 32,  8, 40,  2, 34, 10, 42,
    48, 16, 56, 24, 50, 18, 58, 26,
    12, 44,  4, 36, 14, 46,  6, 38,
    60, 28, 52, 20, 62, 30, 54, 22,
     3, 35, 11, 43,  1, 33,  9, 41,
    51, 19, 59, 27, 49, 17, 57, 25,
    15, 47,  7, 39, 13, 45,  5, 37,
    63, 31, 55, 23, 61, 29, 53, 21,
  ] },
  'ordered-4': { edge: 4, order: [
     0,  8,  2, 10,
    12,  4, 14,  6,
     3, 11,  1,  9,
    15,  7, 13,  5,
  ] },
  'ordered-2': { edge: 2, order: [
    0, 2,
    3, 1,
  ] },
  /** Dots that grow, as in print: two to a square, so that they stand in quincunx. */
  'halftone': { edge: 4, order: [
     0,  2, 14, 12,
     4,  6, 10,  8,
    15, 13,  1,  3,
    11,  9,  5,  7,
  ] },
  /** Slanted strokes, as of a pen. */
  'lines': { edge: 4, order: [
     0,  8, 12,  4,
     5,  1,  9, 13,
    14,  6,  2, 10,
    11, 15,  7,  3,
  ] },
}
