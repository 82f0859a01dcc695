import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

export interface TimelineItem {
  id: string
  /** `current` is the one that waits for somebody. */
  state: 'done' | 'current' | 'todo'
  title: ReactNode
  /** A time, a name, a link. */
  detail?: ReactNode
  icon?: ReactNode
}

const marks = {
  done: 'border-transparent bg-ok-soft text-ok',
  current: 'border-accent bg-accent-soft text-accent-text',
  todo: 'border-dashed border-edge text-faint',
}

/** The way of something through its steps: upright, or lying (`flat`) where there is room. */
export function Timeline({ items, label, flat }: { items: readonly TimelineItem[]; label: string; flat?: boolean }) {
  const t = useTranslations('common.step')
  return (
    <ol aria-label={label} className={flat ? 'flex flex-col md:flex-row' : 'flex flex-col'}>
      {items.map((item, index) => (
        <li
          key={item.id}
          aria-current={item.state === 'current' ? 'step' : undefined}
          className={cn(
            'group relative flex gap-3 pb-5 last:pb-0',
            flat && 'md:grow md:flex-col md:gap-2 md:pr-4 md:pb-0 md:last:grow-0 md:last:pr-0',
          )}
        >
          {index < items.length - 1 && (
            <span
              aria-hidden="true"
              className={cn(
                'absolute top-7 bottom-0 left-[13px] w-0.5',
                item.state === 'done' ? 'bg-ok-solid' : 'bg-line',
                flat && 'md:top-[13px] md:right-0 md:bottom-auto md:left-7 md:h-0.5 md:w-auto',
              )}
            />
          )}
          <span
            className={cn(
              'z-[1] flex size-7 shrink-0 items-center justify-center rounded-full border [&_svg]:size-3.5',
              marks[item.state],
            )}
          >
            {item.icon ??
              (item.state === 'done' ? (
                <Check aria-hidden="true" />
              ) : (
                <span className="size-1.5 rounded-full bg-current" />
              ))}
          </span>
          <div className={cn('min-w-0 pt-1', flat && 'md:pt-0')}>
            <p className={cn(item.state === 'current' && 'font-strong', item.state === 'todo' && 'text-muted')}>
              {item.title}
              <span className="sr-only">{t('state', { state: t(item.state) })}</span>
            </p>
            {item.detail && <div className="text-small text-muted">{item.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
