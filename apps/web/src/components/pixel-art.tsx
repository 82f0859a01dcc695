import { cn } from '../lib/cn.ts'

/** One letter, one colour; a dot is air. The outline is the only one that changes with the theme. */
const colours: Record<string, string> = {
  k: 'light-dark(#3a2620, #6b4a3f)',
  c: '#ff8468',
  d: '#dd5c41',
  w: '#fff4e8',
  p: '#ffb3a3',
  y: '#ffc94d',
  b: '#8fc7f5',
  g: '#63b573',
  h: '#3f8f5b',
  e: '#c9c4bd',
  n: '#8a5a3c',
  m: '#b67c4f',
  l: '#dba873',
  r: '#f0527a',
}

export interface Placed {
  rows: readonly string[]
  x: number
  y: number
  /** Fades in and out, for a spark. */
  twinkle?: boolean
}

/** Joins equal pixels of a row, so that a picture has few shapes and no hairlines between them. */
function runsOf(row: string): { x: number; width: number; letter: string }[] {
  const runs: { x: number; width: number; letter: string }[] = []
  for (const [x, letter] of Array.from(row).entries()) {
    const last = runs.at(-1)
    if (last?.letter === letter) last.width += 1
    else runs.push({ x, width: 1, letter })
  }
  return runs.filter(({ letter }) => letter !== '.')
}

interface PixelArtProps {
  pieces: readonly Placed[]
  width: number
  height: number
  /** How large a pixel is drawn; whole numbers stay crisp. */
  scale?: number
  className?: string
}

/** Draws letters as pixels. Decoration: hidden from readers. */
export function PixelArt({ pieces, width, height, scale = 4, className }: PixelArtProps) {
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width * scale}
      height={height * scale}
      shapeRendering="crispEdges"
      aria-hidden="true"
      className={className}
    >
      {pieces.map((piece, index) => (
        <g
          key={index}
          transform={`translate(${piece.x} ${piece.y})`}
          className={cn(piece.twinkle && 'animate-breathe')}
        >
          {piece.rows.flatMap((row, y) =>
            runsOf(row).map((run) => (
              <rect
                key={`${run.x}-${y}`}
                x={run.x}
                y={y}
                width={run.width}
                height={1}
                style={{ fill: colours[run.letter] }}
              />
            )),
          )}
        </g>
      ))}
    </svg>
  )
}
