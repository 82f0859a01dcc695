import { ChevronDown, ChevronUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { cn } from '../../lib/cn.ts'

interface ReviewPanelProps {
  title: string
  /** On a phone: closed, as high as what is in it, or most of the window. */
  size: 'closed' | 'fitting' | 'tall'
  onClose: () => void
  /** From comment to comment, where one is looked at on a phone. */
  onStep?: (step: 1 | -1) => void
  action?: ReactNode
  children: ReactNode
  footer?: ReactNode
}

/** The comments: beside what is looked at where there is room, else under it, so that nothing is covered. */
export function ReviewPanel({ title, size, onClose, onStep, action, children, footer }: ReviewPanelProps) {
  const t = useTranslations('reviews.screen')
  return (
    <aside
      aria-label={t('comments')}
      className={cn(
        'flex min-h-0 flex-col border-line bg-canvas max-lg:border-t lg:w-96 lg:shrink-0 lg:border-l',
        size === 'closed' && 'max-lg:hidden',
        size === 'fitting' && 'max-lg:max-h-[58%] max-lg:shrink-0',
        size === 'tall' && 'max-lg:h-[64%] max-lg:shrink-0',
      )}
    >
      <div className="flex min-h-12 items-center gap-1 py-1 pr-2 pl-4 lg:pt-3 lg:pr-4">
        <h2 className="min-w-0 grow truncate font-strong">{title}</h2>
        {action}
        {onStep && (
          <span className="flex lg:hidden">
            <IconButton label={t('previous')} icon={<ChevronUp />} onClick={() => onStep(-1)} />
            <IconButton label={t('next')} icon={<ChevronDown />} onClick={() => onStep(1)} />
          </span>
        )}
        <IconButton label={t('closeComments')} icon={<X />} className="lg:hidden" onClick={onClose} />
      </div>
      <div className="min-h-0 grow overflow-y-auto px-4 pt-1 pb-4">{children}</div>
      {footer && <div className="border-t border-line bg-surface p-4">{footer}</div>}
    </aside>
  )
}
