import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'

export const stepNames = ['pet', 'game', 'you'] as const

interface StepHeaderProps {
  step: number
  /** The furthest step that has been opened: those up to it can be gone back to. */
  onGo: (step: number) => void
}

/** Where in the three steps one is; finished ones lead back. */
export function StepHeader({ step, onGo }: StepHeaderProps) {
  const t = useTranslations('orders.steps')
  return (
    <ol aria-label={t('label')} className="flex gap-2">
      {stepNames.map((name, index) => {
        const done = index < step
        return (
          <li key={name} className="min-w-0 grow basis-0" aria-current={index === step ? 'step' : undefined}>
            <button
              type="button"
              disabled={!done}
              onClick={() => onGo(index)}
              className={cn(
                'flex w-full flex-col gap-1.5 rounded-[4px] text-left text-small disabled:cursor-default pointer-coarse:min-h-11',
                index === step ? 'font-strong text-ink' : 'text-muted',
                done && 'hover:text-ink',
              )}
            >
              <span className={cn('h-1.5 w-full rounded-full', index <= step ? 'bg-accent' : 'bg-line')} />
              <span className="inline-flex items-center gap-1">
                {done && <Check aria-hidden="true" className="size-3.5 text-ok" strokeWidth={3} />}
                {t(name)}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
