import { BOBBER, FLYER, LOW, PIT, ROLLER, TALL, WIDE } from './state.ts'

/** How treats lie around a piece: along a tap's or a long jump's flight, along the ground, or nowhere. */
export const NO_TREATS = 0
export const SHORT_ARC = 1
export const LONG_ARC = 2
export const LINE = 3

export interface Piece {
  /** Ticks after the pattern's first piece, at the speed of its level: a pattern feels alike at every speed. */
  at: number
  /** -1 stands for treats with nothing in the way. */
  kind: number
  treats: number
  /** Ticks that a pit takes to run over. */
  span?: number
}

export interface Pattern {
  /** The first level on which it comes. */
  from: number
  pieces: readonly Piece[]
}

const only = (kind: number, treats: number, from = 0, span = 16): Pattern => ({
  from,
  pieces: [{ at: 0, kind, treats, span }],
})
const chain = (from: number, ...pieces: readonly [number, number, number, number?][]): Pattern => ({
  from,
  pieces: pieces.map(([at, kind, treats, span = 16]) => ({ at, kind, treats, span })),
})
const treatsOnly = (treats: number): Pattern => ({ from: 0, pieces: [{ at: 0, kind: -1, treats }] })

/**
 * What a course is made of, by `rules.patterns`. Between two patterns lies enough plain ground to land and start again,
 * so a course is passable if each pattern is, from a standing start, at each speed it can come at: a test plays them all.
 */
export const patternSets: readonly (readonly Pattern[])[] = [
  [
    treatsOnly(LINE),
    only(LOW, SHORT_ARC),
    only(LOW, NO_TREATS),
    only(WIDE, LONG_ARC, 1),
    chain(1, [0, LOW, SHORT_ARC], [76, LOW, SHORT_ARC]),
    only(TALL, LONG_ARC, 2),
    chain(3, [0, LOW, SHORT_ARC], [70, WIDE, LONG_ARC]),
    chain(5, [0, LOW, SHORT_ARC], [64, LOW, SHORT_ARC], [128, LOW, SHORT_ARC]),
  ],
  [
    treatsOnly(LINE),
    only(LOW, SHORT_ARC),
    only(TALL, LONG_ARC),
    only(FLYER, LINE),
    only(PIT, LONG_ARC, 1),
    only(WIDE, LONG_ARC, 1),
    chain(1, [0, LOW, SHORT_ARC], [60, LOW, SHORT_ARC]),
    chain(2, [0, FLYER, LINE], [54, LOW, SHORT_ARC]),
    chain(2, [0, PIT, LONG_ARC], [64, LOW, SHORT_ARC]),
    chain(3, [0, LOW, NO_TREATS], [54, FLYER, LINE]),
    chain(4, [0, LOW, SHORT_ARC], [56, TALL, LONG_ARC], [118, PIT, LONG_ARC, 18]),
    only(BOBBER, LINE, 4),
    chain(5, [0, FLYER, LINE], [22, FLYER, NO_TREATS], [70, LOW, SHORT_ARC]),
  ],
  [
    only(LOW, SHORT_ARC),
    only(TALL, LONG_ARC),
    only(FLYER, LINE),
    only(PIT, LONG_ARC, 0, 20),
    only(ROLLER, SHORT_ARC),
    chain(0, [0, LOW, SHORT_ARC], [50, LOW, SHORT_ARC]),
    chain(1, [0, PIT, LONG_ARC, 18], [58, FLYER, LINE]),
    chain(1, [0, FLYER, LINE], [20, FLYER, NO_TREATS], [66, TALL, LONG_ARC]),
    only(BOBBER, LINE, 1),
    chain(2, [0, LOW, SHORT_ARC], [50, TALL, NO_TREATS], [104, LOW, SHORT_ARC]),
    chain(2, [0, PIT, LONG_ARC, 18], [60, PIT, LONG_ARC, 18]),
    chain(3, [0, ROLLER, SHORT_ARC], [64, WIDE, LONG_ARC]),
    chain(3, [0, BOBBER, LINE], [52, PIT, LONG_ARC, 22]),
    chain(4, [0, LOW, NO_TREATS], [48, FLYER, LINE], [92, LOW, SHORT_ARC]),
    chain(5, [0, PIT, NO_TREATS, 22], [58, LOW, SHORT_ARC], [108, FLYER, LINE], [130, BOBBER, NO_TREATS]),
  ],
]
