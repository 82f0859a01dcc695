import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Tooltip,
  XAxis,
  YAxis,
  ResponsiveContainer,
  type TooltipContentProps,
} from 'recharts'
import { useTheme } from '../lib/theme.ts'

export interface ChartSeries {
  /** The key in every point. */
  key: string
  name: string
}
export type ChartPoint = { label: string } & Record<string, string | number>

interface TrendChartProps {
  kind: 'area' | 'bar'
  /** At most four; each has its own hue, and the table for readers has the names. */
  series: readonly ChartSeries[]
  /** Oldest first; `label` is written under the axis. */
  points: readonly ChartPoint[]
  /** What the chart shows, in one sentence; the figures follow as a table for readers. */
  summary: string
  formatValue: (value: number) => string
  height?: number
}

const hues = ['var(--accent)', 'var(--info-solid)', 'var(--ok-solid)', 'var(--warn-solid)']
const axis = {
  stroke: 'var(--line)',
  tick: { fill: 'var(--muted)', fontSize: 12 },
  tickLine: false,
  tickMargin: 8,
} as const

/** Recharts in the colours of the tokens. It is heavy: use it on pages that are loaded lazily. */
export function TrendChart({ kind, series, points, summary, formatValue, height = 220 }: TrendChartProps) {
  const theme = useTheme()
  const data = [...points]
  const shared = (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" strokeDasharray="2 4" />
      <XAxis dataKey="label" {...axis} minTickGap={24} />
      <YAxis {...axis} axisLine={false} width="auto" allowDecimals={false} tickFormatter={formatValue} />
      <Tooltip
        content={(props) => <ChartTip {...props} formatValue={formatValue} />}
        cursor={{ fill: 'var(--hover)', stroke: 'var(--line)' }}
        isAnimationActive={false}
      />
    </>
  )
  return (
    <figure key={theme} className="m-0">
      <div aria-hidden="true" style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 1, height: 1 }}>
          {kind === 'area' ? (
            <AreaChart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
              {shared}
              {series.map(({ key, name }, index) => (
                <Area
                  key={key}
                  dataKey={key}
                  name={name}
                  type="monotone"
                  stroke={hues[index]}
                  strokeWidth={2}
                  fill={hues[index]}
                  fillOpacity={index === 0 ? 0.14 : 0.05}
                  isAnimationActive={false}
                />
              ))}
            </AreaChart>
          ) : (
            <BarChart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
              {shared}
              {series.map(({ key, name }, index) => (
                <Bar
                  key={key}
                  dataKey={key}
                  name={name}
                  fill={hues[index]}
                  radius={[3, 3, 0, 0]}
                  maxBarSize={28}
                  isAnimationActive={false}
                />
              ))}
            </BarChart>
          )}
        </ResponsiveContainer>
      </div>
      {series.length > 1 && (
        <div aria-hidden="true" className="mt-2 flex flex-wrap gap-4 text-small text-muted">
          {series.map(({ key, name }, index) => (
            <span key={key} className="inline-flex items-center gap-1.5">
              <span className="size-2.5 rounded-[3px]" style={{ background: hues[index] }} />
              {name}
            </span>
          ))}
        </div>
      )}
      <figcaption className="sr-only">
        {summary}
        <ChartTable series={series} points={points} formatValue={formatValue} />
      </figcaption>
    </figure>
  )
}

function ChartTip({
  active,
  payload,
  label,
  formatValue,
}: Pick<TooltipContentProps, 'active' | 'payload' | 'label'> & { formatValue: (value: number) => string }) {
  if (!active || payload.length === 0) return null
  return (
    <div className="floating px-3 py-2 text-small">
      <p className="mb-1 text-muted">{label}</p>
      {payload.map((entry) => (
        <p key={String(entry.dataKey)} className="flex items-center gap-2 tabular-nums">
          <span className="size-2 rounded-[3px]" style={{ background: entry.color }} />
          {entry.name}
          <span className="ml-auto pl-4 font-strong">{formatValue(Number(entry.value))}</span>
        </p>
      ))}
    </div>
  )
}

function ChartTable({ series, points, formatValue }: Pick<TrendChartProps, 'series' | 'points' | 'formatValue'>) {
  return (
    <table>
      <thead>
        <tr>
          <td />
          {series.map(({ key, name }) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.label}>
            <th scope="row">{point.label}</th>
            {series.map(({ key }) => (
              <td key={key}>{formatValue(Number(point[key] ?? 0))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
