import { RotateCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { isProblem } from '../lib/problem.ts'
import { useProblemText } from '../lib/problem-text.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { PixelScene } from './pixel-scene.tsx'

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  /** Instead of the usual one. */
  title?: string
  className?: string
}

/** A part of a page that could not be loaded: what happened, the number to report it by, and another try. */
export function ErrorState({ error, onRetry, title, className }: ErrorStateProps) {
  const t = useTranslations('common')
  const textOf = useProblemText()
  const requestId = isProblem(error) ? error.requestId : null
  return (
    <div role="alert" className={className}>
      <div className="flex flex-col items-center px-6 py-12 text-center">
        <PixelScene name="storm" className="h-auto max-w-full" />
        <h2 className="mt-6 text-large font-strong">{title ?? t('problem.title')}</h2>
        <p className="mt-1.5 max-w-120 text-muted">{textOf(error)}</p>
        {onRetry && (
          <Button className="mt-5" icon={<RotateCw />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        {requestId && (
          <p className="mt-4 inline-flex items-center gap-1 text-small text-faint">
            <span className="font-mono break-all">{t('requestId', { id: requestId })}</span>
            <CopyButton text={requestId} />
          </p>
        )}
      </div>
    </div>
  )
}
