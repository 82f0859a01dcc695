import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { Input } from './input.tsx'

interface PointsFieldProps {
  legend: string
  hint?: string
  points: readonly string[]
  onChange: (points: string[]) => void
  /** At most so many. */
  most: number
  /** Their order matters, so it can be changed. */
  ordered?: boolean
  disabled?: boolean
}

const longestPoint = 300

/** A list of short points, one line each; Enter begins the next. Whoever saves leaves the empty ones out. */
export function PointsField({ legend, hint, points, onChange, most, ordered, disabled }: PointsFieldProps) {
  const t = useTranslations('common.points')
  const list = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<{ row: number; part: 'text' | 'up' | 'down' } | null>(null)
  useEffect(() => {
    if (!focus) return
    const row = list.current?.children[focus.row]
    const wanted = row?.querySelector<HTMLElement>(`[data-part=${focus.part}]:not(:disabled)`)
    const fallback = row?.querySelector<HTMLElement>('[data-part=text]')
    ;(wanted ?? fallback)?.focus()
  }, [focus])

  const full = points.length >= most
  const add = (at: number) => {
    onChange(points.toSpliced(at, 0, ''))
    setFocus({ row: at, part: 'text' })
  }
  const remove = (at: number) => {
    onChange(points.toSpliced(at, 1))
    if (points.length > 1) setFocus({ row: Math.max(0, at - 1), part: 'text' })
  }
  const move = (at: number, by: -1 | 1) => {
    onChange(points.toSpliced(at, 1).toSpliced(at + by, 0, points[at] ?? ''))
    setFocus({ row: at + by, part: by < 0 ? 'up' : 'down' })
  }
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1.5 font-strong">{legend}</legend>
      {hint && <p className="mb-2 text-small text-muted">{hint}</p>}
      <div ref={list} className="grid gap-2 empty:hidden">
        {points.map((text, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row holds nothing but its text, which is handed to it
          <div key={index} className={cn('flex items-center', ordered && 'max-sm:flex-wrap max-sm:justify-end')}>
            <Input
              aria-label={t('point', { number: index + 1 })}
              data-part="text"
              maxLength={longestPoint}
              value={text}
              className={cn('mr-2', ordered && 'max-sm:mr-0 max-sm:basis-full')}
              onChange={(event) => onChange(points.with(index, event.target.value))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                event.preventDefault()
                if (text.trim() !== '' && !full) add(index + 1)
              }}
            />
            {ordered && (
              <>
                <IconButton
                  bare
                  data-part="up"
                  label={t('up', { number: index + 1 })}
                  icon={<ChevronUp />}
                  disabled={disabled || index === 0}
                  onClick={() => move(index, -1)}
                />
                <IconButton
                  bare
                  data-part="down"
                  label={t('down', { number: index + 1 })}
                  icon={<ChevronDown />}
                  disabled={disabled || index === points.length - 1}
                  onClick={() => move(index, 1)}
                />
              </>
            )}
            <IconButton
              bare
              label={t('remove', { number: index + 1 })}
              icon={<X />}
              disabled={disabled}
              onClick={() => remove(index)}
            />
          </div>
        ))}
      </div>
      {!full && !disabled && (
        <Button icon={<Plus />} className={points.length > 0 ? 'mt-2' : undefined} onClick={() => add(points.length)}>
          {t('add')}
        </Button>
      )}
    </fieldset>
  )
}

/** What is worth saving of what was typed. */
export const filledPoints = (points: readonly string[]): string[] =>
  points.map((text) => text.trim()).filter((text) => text !== '')
