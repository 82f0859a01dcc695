import { CircleAlert } from 'lucide-react'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

/** From this share of its limit on, a text is near it. */
const near = 0.9

interface LimitTie {
  'aria-describedby': string | undefined
  'aria-invalid'?: true
}

interface TextLimitProps {
  /** What the control holds; only a text has a length. */
  value: unknown
  max: number
  describedBy: string | undefined
  /** The field shows an error of its own already, so that the length is all that is left to say. */
  isRefused: boolean
  className?: string
  /** Draws the control, tied to the counter. */
  children: (tie: LimitTie) => ReactNode
}

/**
 * A control that takes a longer text than may be sent, in place of one that cuts it without a word: near the limit it
 * counts, and over it the form around it is not submitted, which is said to whoever tries. Each of these is announced
 * once, not with every letter.
 */
export function TextLimit({ value, max, describedBy, isRefused, className, children }: TextLimitProps) {
  const t = useTranslations('common.limit')
  const id = useId()
  const box = useRef<HTMLSpanElement>(null)
  const length = typeof value === 'string' ? value.length : 0
  const isOver = length > max
  const isShown = isOver || length >= max * near
  const [isHeld, setHeld] = useState(false)
  if (isHeld && !isOver) setHeld(false)

  useEffect(() => {
    const control = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    const form = control?.form
    if (!isOver || !form) return
    // Before React hears of it, which listens at the root: no form has to ask for itself.
    const refuse = (event: Event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      setHeld(true)
      control.focus()
    }
    form.addEventListener('submit', refuse)
    return () => form.removeEventListener('submit', refuse)
  }, [isOver])

  const counted = isOver && !isRefused ? (isHeld ? 'held' : 'over') : 'count'
  return (
    <span ref={box} className={cn('block', className)}>
      {children({
        'aria-describedby': [describedBy, isShown && id].filter(Boolean).join(' ') || undefined,
        ...(isOver && { 'aria-invalid': true }),
      })}
      {isShown && (
        <span
          id={id}
          className={cn(
            'mt-1.5 flex items-start gap-1.5 font-sans text-small tracking-normal tabular-nums',
            isOver ? 'text-bad' : 'text-muted',
            isHeld && 'font-strong',
          )}
        >
          {counted !== 'count' && <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />}
          {t(counted, { length, max, excess: length - max })}
        </span>
      )}
      <span aria-live="polite" className="sr-only">
        {isRefused || !isShown ? null : t(isHeld ? 'isHeld' : isOver ? 'isOver' : 'isNear', { max })}
      </span>
    </span>
  )
}
