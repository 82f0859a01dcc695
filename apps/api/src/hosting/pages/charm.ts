/** Sixteen rows of sixteen pixels: a cat asleep on its cushion. Letters are colours, dots let the page shine through. */
const rows = [
  '............zzzz',
  '..............z.',
  '.............z..',
  '............zzzz',
  '..d..d..........',
  '.dodddod........',
  '.doooood.dddd...',
  'doooooodooooodd.',
  'dokkokkoooloood.',
  'dwoopoowoolooodd',
  '.dwwwwdooloolood',
  '.ddwwddooooooood',
  'ccddddccddddddcc',
  'crrrrrrrrrrrrrrc',
  '.crrrrrrrrrrrrc.',
  '..cccccccccccc..',
]

const colors: Record<string, string> = {
  d: '#6b3f2a',
  o: '#f2a25c',
  l: '#d97f3d',
  k: '#4a2b3d',
  p: '#ff8a8a',
  w: '#fff1dc',
  c: '#7a4fa3',
  r: '#a678d0',
  z: '#ff8a6b',
}

/** The picture as SVG: runs of one colour become one rectangle each. */
export function sleepingCat(): string {
  const shapes = rows.flatMap((row, y) =>
    [...row.matchAll(/([a-z])\1*/g)].map(
      ({ 0: run, index: x }) =>
        `<rect x="${x}" y="${y}" width="${run.length}" height="1" fill="${colors[run.charAt(0)]}"/>`,
    ),
  )
  return `<svg viewBox="0 0 16 16" shape-rendering="crispEdges" aria-hidden="true">${shapes.join('')}</svg>`
}
