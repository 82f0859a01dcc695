import type { ReactNode } from 'react'
import { useFormats } from '../lib/format.ts'
import { wholePercents } from '../lib/percents.ts'
import { Progress } from './progress.tsx'

interface ShareListProps {
  /** Left out where a card around it has one. */
  title?: string
  /** Largest first, unless they have an order of their own. */
  rows: readonly { key: string; name: string; value: number; onOpen?: () => void }[]
  /** How large a row is beside the largest, or of the whole. */
  of: 'largest' | 'whole'
  empty: ReactNode
}

/** Named amounts beside each other: where people come from, what they play on. */
export function ShareList({ title, rows, of, empty }: ShareListProps) {
  const { number, percent } = useFormats()
  const values = rows.map(({ value }) => value)
  const whole = values.reduce((sum, value) => sum + value, 0)
  const percents = wholePercents(values)
  const full = Math.max(of === 'whole' ? whole : Math.max(...values, 0), 1)
  return (
    <section className="min-w-0">
      {title && <h3 className="mb-2 font-strong">{title}</h3>}
      {whole === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ul className="grid gap-2.5">
          {rows.map(({ key, name, value, onOpen }, index) => (
            <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
              {onOpen ? (
                <button type="button" className="truncate rounded-[4px] text-left hover:underline" onClick={onOpen}>
                  {name}
                </button>
              ) : (
                <span className="truncate">{name}</span>
              )}
              <span className="tabular-nums">
                {number(value)}
                {of === 'whole' && <span className="ml-2 text-muted">{percent((percents[index] ?? 0) / 100)}</span>}
              </span>
              <Progress label={name} share={value / full} className="col-span-2" />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
