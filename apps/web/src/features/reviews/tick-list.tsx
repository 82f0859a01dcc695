import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../components/checkbox.tsx'
import { Badge } from '../../components/status.tsx'

interface TickListProps {
  legend: string
  points: readonly string[]
  ticked: readonly string[]
  /** Points that were not there before: marked, so that nobody has to look for them. */
  fresh?: readonly string[]
  onChange: (ticked: string[]) => void
  error?: string
}

/** The studio's checklist, to be ticked point by point. */
export function TickList({ legend, points, ticked, fresh = [], onChange, error }: TickListProps) {
  const t = useTranslations('reviews.decide')
  const id = useId()
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className="mb-2 font-strong">{legend}</legend>
      <div className="grid gap-3 pointer-coarse:gap-6">
        {[...new Set(points)].map((point) => (
          <Checkbox
            key={point}
            label={
              <span className="block wrap-anywhere pointer-coarse:-my-3 pointer-coarse:py-3">
                {point} {fresh.includes(point) && <Badge>{t('newPoint')}</Badge>}
              </span>
            }
            checked={ticked.includes(point)}
            aria-invalid={Boolean(error) && !ticked.includes(point)}
            onCheckedChange={(on) => onChange(on ? [...ticked, point] : ticked.filter((one) => one !== point))}
          />
        ))}
      </div>
      <div aria-live="polite">
        {error && (
          <p id={id} className="mt-2 flex items-start gap-1.5 text-small text-bad">
            <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
            {error}
          </p>
        )}
      </div>
    </fieldset>
  )
}
