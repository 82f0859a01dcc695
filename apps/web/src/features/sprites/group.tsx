import type { ReactNode } from 'react'

/** A control of the sprite tool under its name; `note` says what it is set to. */
export function Group({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1.5 flex items-baseline justify-between gap-3">
        <span className="font-strong">{label}</span>
        {note && <span className="text-small text-muted tabular-nums">{note}</span>}
      </p>
      {children}
    </div>
  )
}
