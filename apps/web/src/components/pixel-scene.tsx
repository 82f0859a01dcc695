import { PixelArt, type Placed } from './pixel-art.tsx'
import { pieces } from './pixel-pieces.ts'

const width = 48
const height = 24
const meadow: Placed[] = [
  { rows: pieces.ground, x: 0, y: 21 },
  { rows: pieces.flower, x: 2, y: 15 },
  { rows: pieces.flower, x: 43, y: 15 },
]
const cat: Placed = { rows: pieces.cat, x: 9, y: 4 }

const scenes = {
  spark: [
    cat,
    { rows: pieces.spark, x: 29, y: 5, twinkle: true },
    { rows: pieces.glint, x: 36, y: 11 },
    { rows: pieces.glint, x: 26, y: 1 },
  ],
  box: [cat, { rows: pieces.box, x: 26, y: 11 }, { rows: pieces.spark, x: 32, y: 4, twinkle: true }],
  search: [cat, { rows: pieces.lens, x: 29, y: 8 }, { rows: pieces.glint, x: 39, y: 3, twinkle: true }],
  door: [cat, { rows: pieces.door, x: 29, y: 6 }],
  storm: [
    { ...cat, x: 7 },
    { rows: pieces.cloud, x: 26, y: 2 },
    { rows: pieces.bolt, x: 31, y: 10, twinkle: true },
  ],
  flag: [cat, { rows: pieces.flag, x: 31, y: 9 }, { rows: pieces.glint, x: 38, y: 3, twinkle: true }],
  hearts: [cat, { rows: pieces.heart, x: 27, y: 9, twinkle: true }, { rows: pieces.heart, x: 36, y: 4 }],
} satisfies Record<string, readonly Placed[]>
export type SceneName = keyof typeof scenes

/** A small stage with the house cat, for empty pages and mishaps. */
export function PixelScene({ name, scale = 4, className }: { name: SceneName; scale?: number; className?: string }) {
  return (
    <PixelArt pieces={[...meadow, ...scenes[name]]} width={width} height={height} scale={scale} className={className} />
  )
}
