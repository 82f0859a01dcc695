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

type Shape = { letter: string; path: string }
const drawn = new WeakMap<readonly string[], Shape[]>()

/**
 * One path for each colour, its equal neighbours in a row joined: a list shows the same picture in every row, and what
 * a row costs is the number of its elements.
 */
function shapesOf(rows: readonly string[]): Shape[] {
  const known = drawn.get(rows)
  if (known) return known
  const paths = new Map<string, string>()
  for (const [y, row] of rows.entries()) {
    for (const run of row.matchAll(/([^.])\1*/g)) {
      const [{ length }, letter = ''] = run
      paths.set(letter, `${paths.get(letter) ?? ''}M${run.index} ${y}h${length}v1h-${length}z`)
    }
  }
  const shapes = Array.from(paths, ([letter, path]) => ({ letter, path }))
  drawn.set(rows, shapes)
  return shapes
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
          {shapesOf(piece.rows).map(({ letter, path }) => (
            <path key={letter} d={path} style={{ fill: colours[letter] }} />
          ))}
        </g>
      ))}
    </svg>
  )
}
