import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'

export const importSteps = ['file', 'columns', 'check', 'run'] as const
export type ImportStep = (typeof importSteps)[number]

/** Where in the import one is; a phone shows the words of the present step only. */
export function ImportSteps({ current }: { current: ImportStep }) {
  const t = useTranslations('projects.import.steps')
  const place = importSteps.indexOf(current)
  return (
    <ol aria-label={t('label')} className="mb-6 flex items-center gap-2">
      {importSteps.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={cn('flex items-center gap-2', index > 0 && 'grow before:h-px before:grow before:bg-line')}
        >
          <span
            className={cn(
              'flex size-6 shrink-0 items-center justify-center rounded-full border text-small tabular-nums',
              index < place && 'border-transparent bg-ok-soft text-ok',
              index === place && 'border-transparent bg-accent font-strong text-accent-ink',
              index > place && 'border-line text-muted',
            )}
          >
            {index < place ? <Check className="size-3.5" aria-hidden="true" /> : index + 1}
          </span>
          <span className={cn(step === current ? 'font-strong' : 'text-muted max-sm:sr-only')}>{t(step)}</span>
        </li>
      ))}
    </ol>
  )
}
