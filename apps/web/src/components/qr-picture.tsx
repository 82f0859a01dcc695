import { create } from 'qrcode'

/** Light modules around the code, as ISO/IEC 18004 asks for at least. */
const quiet = 4

/** A text as a QR code, dark on light in either theme: many scanners do not read the inverse. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size, data } = modules
  const rows = Array.from({ length: size }, (_, y) => runsOf(data.subarray(y * size, (y + 1) * size), y)).flat()
  const side = size + 2 * quiet
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-box"
    >
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="white" />
      <path d={rows.join('')} fill="black" />
    </svg>
  )
}

/** Dark modules of one row as strokes of an SVG path. */
function runsOf(row: Uint8Array, y: number): string[] {
  const runs: string[] = []
  let start = -1
  for (let x = 0; x <= row.length; x += 1) {
    const dark = row[x] === 1
    if (dark && start < 0) start = x
    if (!dark && start >= 0) {
      runs.push(`M${start} ${y}h${x - start}v1H${start}z`)
      start = -1
    }
  }
  return runs
}
