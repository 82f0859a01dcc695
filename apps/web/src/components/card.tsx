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
            'flex items-center justify-between gap-3 px-4',
            flush ? 'min-h-12 border-b border-line py-1.5' : 'pt-4',
          )}
        >
          {title && <h2 className="font-strong">{title}</h2>}
          {action}
        </header>
      )}
      <div className={flush ? undefined : title || action ? 'px-4 pt-3 pb-4' : 'p-4'}>{children}</div>
    </section>
  )
}
