import { cn } from '../lib/cn.ts'

interface SparklineProps {
  values: readonly number[]
  /** The course in words: "12 to 30 in eight weeks". */
  label: string
  className?: string
}

const width = 96
const height = 28

/** A course over time without axes, beside its figure. */
export function Sparkline({ values, label, className }: SparklineProps) {
  const top = Math.max(...values, 1)
  const stepX = width / Math.max(values.length - 1, 1)
  const points = values.map(
    (value, index) => `${(index * stepX).toFixed(1)},${(height - 3 - (value / top) * (height - 6)).toFixed(1)}`,
  )
  const last = points.at(-1)?.split(',')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className={cn('h-7 w-24 overflow-visible', className)}
    >
      <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} className="fill-accent-soft" />
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
