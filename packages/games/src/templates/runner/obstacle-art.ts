import { drawItem } from '../../art/items.ts'
import { hazardArt } from '../../art/hazards.ts'
import { INK, itemPalette } from '../../art/palette.ts'
import { createCanvas, outlined } from '../../render/art.ts'
import { disc, pine, type Brush } from '../../render/landscape.ts'
import type { Theme } from '../../themes.ts'
import * as S from './state.ts'

const BIRD = [
  [
    '......ww........',
    '.....wbbw.......',
    '....wbbbw.......',
    '....bbbb...bbb..',
    'b...bbbbb.bbkbb.',
    'bb.bbbbbbbbbbboo',
    '.bbbbbbbbbbbbb..',
    '..bBBbbbbbwww...',
    '...BBBBwwwww....',
    '.....wwww.......',
  ],
  [
    '................',
    '...........bbb..',
    'b....bbb..bbkbb.',
    'bb.bbbbbbbbbbboo',
    '.bbbbbbbbbbbbb..',
    '..bBBBbbbbwww...',
    '...BBBBbwwww....',
    '....BBBBww......',
    '....wBBBw.......',
    '.....wBw........',
  ],
] as const
const SAUCER = [
  [
    '......cccc......',
    '.....cwcccc.....',
    '....cwcccccc....',
    '..ssssssssssss..',
    'ssSyySSyySSyySss',
    '.SSSSSSSSSSSSSS.',
    '...s..SSSS..s...',
  ],
  [
    '......cccc......',
    '.....cwcccc.....',
    '....cwcccccc....',
    '..ssssssssssss..',
    'ssSSyySSyySSyyss',
    '.SSSSSSSSSSSSSS.',
    '....s.SSSS.s....',
  ],
] as const
const FLYER_COLORS: Record<Theme, Readonly<Record<string, string>>> = {
  garden: { ...itemPalette, b: '#4f8ff0', B: '#2b61c2' },
  seaside: { ...itemPalette, b: '#f4f6fa', B: '#9aa8bd', w: '#d4dbe6' },
  snow: { ...itemPalette, b: '#8b5e4a', B: '#5d3a30', w: '#f0695c' },
  space: itemPalette,
}

type Paint = (brush: Brush) => void

function painted(width: number, height: number, paint: Paint): HTMLCanvasElement {
  const { canvas, context } = createCanvas(width, height)
  paint(context)
  return outlined(canvas, INK)
}

function fill(brush: Brush, color: string, ...boxes: readonly (readonly [number, number, number, number])[]): void {
  brush.fillStyle = color
  for (const [x, y, width, height] of boxes) brush.fillRect(x, y, width, height)
}

const mushroom: Paint = (brush) => {
  fill(brush, '#fff0d8', [4, 7, 6, 7])
  fill(brush, '#e3cfa9', [8, 7, 2, 7])
  fill(brush, '#e8483f', [3, 0, 8, 1], [1, 1, 12, 2], [0, 3, 14, 4])
  fill(brush, '#b42c34', [0, 6, 14, 1])
  fill(brush, '#fff8ea', [3, 2, 3, 2], [9, 3, 3, 2], [1, 4, 1, 2])
}
const castle: Paint = (brush) => {
  fill(brush, '#eec878', [1, 6, 12, 8], [1, 3, 3, 3], [10, 3, 3, 3], [6, 4, 2, 2])
  fill(brush, '#cf9f52', [10, 6, 3, 8], [12, 3, 1, 3])
  fill(brush, '#7a5230', [5, 9, 4, 5])
  fill(brush, '#ee4b45', [2, 0, 3, 2])
  fill(brush, '#fff8ea', [2, 0, 1, 3])
}
const iceBlock: Paint = (brush) => {
  fill(brush, '#8fd8ee', [0, 1, 14, 13])
  fill(brush, '#5fb4d8', [0, 11, 14, 3], [11, 1, 3, 13])
  fill(brush, '#eafaff', [1, 2, 8, 2], [2, 5, 2, 4], [6, 6, 3, 1])
}
const boulder: Paint = (brush) => {
  disc(brush, 6, 8, 6, '#8b82bd')
  disc(brush, 5, 7, 4, '#b3abdb')
  fill(brush, '#6a609f', [0, 12, 14, 2], [8, 8, 3, 3])
}
const topiary: Paint = (brush) => {
  fill(brush, '#8a5a3b', [6, 10, 3, 20])
  disc(brush, 7, 24, 5, '#2f8148')
  disc(brush, 7, 14, 6, '#3f9455')
  disc(brush, 7, 5, 5, '#4aa85c')
  for (const [x, y, r] of [
    [5, 22, 2],
    [5, 12, 3],
    [5, 4, 2],
  ] as const)
    disc(brush, x, y, r, '#80cb72')
}
const posts: Paint = (brush) => {
  fill(brush, '#9a6b3f', [1, 8, 5, 22], [8, 2, 5, 28])
  fill(brush, '#c08a55', [1, 8, 2, 22], [8, 2, 2, 28])
  fill(brush, '#fff1cf', [1, 12, 5, 2], [8, 8, 5, 2], [1, 22, 12, 2])
}
const spire: Paint = (brush) => {
  fill(brush, '#46bfc9', [5, 0, 4, 30], [1, 12, 4, 18], [9, 8, 4, 22])
  fill(brush, '#9df5ee', [5, 2, 2, 28], [1, 14, 2, 16], [9, 10, 1, 20])
  fill(brush, '#2b8fa3', [8, 2, 1, 28], [12, 10, 1, 20])
}
const log: Paint = (brush) => {
  fill(brush, '#9a6240', [2, 1, 30, 14], [0, 3, 36, 10])
  fill(brush, '#7b4a30', [4, 11, 28, 4], [8, 5, 8, 1], [18, 8, 9, 1])
  fill(brush, '#c58a58', [4, 2, 26, 2])
  disc(brush, 30, 8, 5, '#e8c08a')
  disc(brush, 30, 8, 3, '#c58a58')
  disc(brush, 30, 8, 1, '#7b4a30')
}
const rocks: Paint = (brush) => {
  disc(brush, 8, 9, 7, '#8d8476')
  disc(brush, 27, 9, 7, '#7d7567')
  disc(brush, 18, 8, 8, '#a1978a')
  disc(brush, 15, 5, 3, '#c9c0b2')
  fill(brush, '#6b6459', [0, 13, 36, 2])
  fill(brush, '#66c95f', [3, 11, 6, 2], [24, 11, 5, 2])
}
const sledge: Paint = (brush) => {
  fill(brush, '#d0473f', [2, 3, 30, 4])
  fill(brush, '#f0695c', [2, 3, 30, 1])
  fill(brush, '#8a5a3b', [6, 7, 3, 5], [24, 7, 3, 5])
  fill(brush, '#c3cad8', [0, 12, 34, 3], [33, 8, 2, 5], [31, 6, 3, 3])
  fill(brush, '#ffd84f', [10, 0, 12, 3])
}
const ridge: Paint = (brush) => {
  disc(brush, 7, 10, 6, '#6a609f')
  disc(brush, 28, 9, 7, '#5d548f')
  disc(brush, 17, 8, 8, '#8b82bd')
  disc(brush, 14, 5, 3, '#b3abdb')
  fill(brush, '#4e4382', [0, 13, 36, 2])
  fill(brush, '#ff8fd0', [6, 4, 2, 4], [27, 2, 2, 4])
}
const beachBall: Paint = (brush) => {
  disc(brush, 6, 7, 6, '#fff8ea')
  fill(brush, '#ee4b45', [1, 3, 4, 8], [2, 2, 3, 1])
  fill(brush, '#57abfa', [8, 3, 4, 8], [8, 2, 2, 1])
  fill(brush, '#ffd84f', [5, 1, 3, 2], [5, 11, 3, 3])
}

const pineTree: Paint = (brush) => pine(brush, 7, 30, 26, ['#2f5f74', '#e9f2ff', '#5a4152'])
const LOWS: Record<Theme, () => HTMLCanvasElement[]> = {
  garden: () => [painted(14, 14, mushroom), drawItem(hazardArt.cactus)],
  seaside: () => [painted(14, 14, castle), drawItem(hazardArt.crab)],
  snow: () => [painted(14, 14, iceBlock), drawItem(hazardArt.snowball)],
  space: () => [painted(14, 14, boulder), drawItem(hazardArt.slime)],
}
const TALLS: Record<Theme, Paint> = { garden: topiary, seaside: posts, snow: pineTree, space: spire }
const WIDES: Record<Theme, Paint> = { garden: log, seaside: rocks, snow: sledge, space: ridge }
const BOBBERS: Record<Theme, keyof typeof hazardArt> = {
  garden: 'bee',
  seaside: 'jelly',
  snow: 'icicle',
  space: 'meteor',
}
const ROLLERS: Record<Theme, () => HTMLCanvasElement> = {
  garden: () => painted(14, 14, beachBall),
  seaside: () => painted(14, 14, beachBall),
  snow: () => drawItem(hazardArt.snowball),
  space: () => painted(14, 14, boulder),
}

/** Pictures of what is in the way; several for one kind are variants by `look`, or a flyer's frames. */
export function createObstacleArt(theme: Theme): ReadonlyMap<number, readonly HTMLCanvasElement[]> {
  const flyer = theme === 'space' ? SAUCER : BIRD
  return new Map<number, readonly HTMLCanvasElement[]>([
    [S.LOW, LOWS[theme]()],
    [S.TALL, [painted(14, 30, TALLS[theme])]],
    [S.WIDE, [painted(36, 15, WIDES[theme])]],
    [S.FLYER, flyer.map((rows) => drawItem(rows, FLYER_COLORS[theme]))],
    [S.BOBBER, [drawItem(hazardArt[BOBBERS[theme]])]],
    [S.ROLLER, [ROLLERS[theme]()]],
  ])
}
