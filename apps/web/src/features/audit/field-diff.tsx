import type { AuditField } from '@sparkle/shared/audit'
import { ArrowRight } from 'lucide-react'
import { Value } from './value.tsx'
import { useAuditWords } from './words.ts'

export interface DiffRow extends Pick<AuditField, 'name' | 'state' | 'before' | 'after'> {}

interface FieldDiffProps {
  rows: readonly DiffRow[]
  /** What the two sides are called: "Before" and "After". */
  sides: readonly [string, string]
}

/** Field by field, how it was and how it is; both sides in words for those who do not see the arrow. */
export function FieldDiff({ rows, sides }: FieldDiffProps) {
  const words = useAuditWords()
  return (
    <dl className="divide-y divide-line rounded-box border border-line">
      {rows.map(({ name, state, before, after }) => (
        <div key={name} className="px-3 py-2.5">
          <dt className="text-small text-muted">{words.field(name)}</dt>
          <dd className="mt-1 grid gap-x-3 gap-y-1 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
            <Side label={sides[0]} value={before} state={state} className="text-muted line-through decoration-bad/60" />
            <ArrowRight className="mt-0.5 hidden size-4 text-faint sm:block" aria-hidden="true" />
            <Side label={sides[1]} value={after} state={state} className="" />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Side({
  label,
  value,
  state,
  className,
}: {
  label: string
  value: unknown
  state: AuditField['state']
  className: string
}) {
  const empty = value === null || value === ''
  return (
    <span className="min-w-0">
      <span className="sr-only">{label}</span>
      <Value value={value} state={state} className={empty || state === 'sealed' ? '' : className} />
    </span>
  )
}

/** The values that are the same on both sides, or that there is only one side of. */
export function FieldList({ rows }: { rows: readonly { name: string; state: AuditField['state']; value: unknown }[] }) {
  const words = useAuditWords()
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {rows.map(({ name, state, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{words.field(name)}</dt>
          <dd>
            <Value value={value} state={state} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
