interface SparklineProps {
  values: readonly number[]
  /** The course in words: "12 to 30 in eight weeks". */
  label: string
}

const width = 96
const height = 28
/** Room at the end for the dot. */
const dot = 3

/** A course over time without axes, beside its figure. */
export function Sparkline({ values, label }: SparklineProps) {
  const top = Math.max(...values, 1)
  const stepX = (width - dot) / Math.max(values.length - 1, 1)
  const points = values.map(
    (value, index) => `${(index * stepX).toFixed(1)},${(height - 3 - (value / top) * (height - 6)).toFixed(1)}`,
  )
  const last = points.at(-1)?.split(',')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMaxYMax meet"
      className="h-7 w-full max-w-24 min-w-0 shrink"
    >
      <polygon points={`0,${height} ${points.join(' ')} ${width - dot},${height}`} className="fill-accent-soft" />
      <polyline
        points={points.join(' ')}
        fill="none"
        strokeWidth={1.5}
        strokeLinejoin="round"
        className="stroke-ring"
      />
      {last && <circle cx={last[0]} cy={last[1]} r={2.5} className="fill-ring" />}
    </svg>
  )
}
