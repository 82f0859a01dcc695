import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'

interface ReviewFrameProps {
  backTo: string
  title: string
  /** Beside the title. */
  actions: ReactNode
  /** A sentence under the header, such as that there is a newer version. */
  note?: ReactNode
  /** What is looked at, as large as the window lets it be. */
  stage: ReactNode
  /** At a desk beside it, on a phone as a sheet over it. */
  panel?: ReactNode
  /** Within reach of a thumb. */
  footer?: ReactNode
}

/** The review's own frame: on a phone it takes the whole window, and the tool's bars make room. */
export function ReviewFrame({ backTo, title, actions, note, stage, panel, footer }: ReviewFrameProps) {
  const t = useTranslations('reviews.screen')
  return (
    <div data-page="full" data-whole-window className="flex h-dvh flex-col md:h-[calc(100dvh-3.5rem)]">
      <header className="flex items-center gap-1 border-b border-line bg-surface px-1 py-1 sm:gap-2 sm:px-3 sm:py-1.5">
        <Link
          to={backTo}
          aria-label={t('back')}
          className="flex size-11 shrink-0 items-center justify-center rounded-box text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-5" />
        </Link>
        <h1 className="min-w-0 grow truncate font-strong">{title}</h1>
        {actions}
      </header>
      {note}
      <div className="relative flex min-h-0 grow max-lg:flex-col">
        <div className="min-h-0 min-w-0 grow">{stage}</div>
        {panel}
      </div>
      {footer && (
        <footer className="border-t border-line bg-surface px-3 pt-2.5 pb-[max(10px,env(safe-area-inset-bottom))] sm:px-4">
          {footer}
        </footer>
      )}
    </div>
  )
}
