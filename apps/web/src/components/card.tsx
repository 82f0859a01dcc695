import type { ReactNode } from 'react'
import { cn } from '../lib/cn.ts'

interface CardProps {
  title?: ReactNode
  /** Beside the title, at the right. */
  action?: ReactNode
  /** Without padding, for a table or list that reaches the edges. */
  flush?: boolean
  className?: string
  children: ReactNode
}

/** A bordered part of a page. There is never a card inside a card. */
export function Card({ title, action, flush, className, children }: CardProps) {
  return (
    <section className={cn('min-w-0 rounded-box border border-line bg-surface', className)}>
      {(title || action) && (
        <header
          className={cn(
            'flex min-h-12 items-center justify-between gap-3 px-4 pt-2',
            flush && 'border-b border-line pb-2',
          )}
        >
          {title && <h2 className="font-strong">{title}</h2>}
          {action}
        </header>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  )
}
