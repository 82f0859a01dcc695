import type { DecisionView, VersionStatus } from '@sparkle/shared/reviews'
import { Square, SquareCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusPill, ToneIcon, type Tone } from '../../components/status.tsx'

const tones: Record<VersionStatus, Tone> = {
  draft: 'neutral',
  waiting: 'info',
  approved: 'ok',
  changes_requested: 'warn',
  superseded: 'neutral',
}

/** How a version stands, in the words of the studio or of its customer. */
export function VersionStatusPill({ status, client }: { status: VersionStatus; client?: boolean }) {
  const t = useTranslations('reviews')
  return <StatusPill tone={tones[status]}>{t(`${client ? 'clientStatus' : 'status'}.${status}`)}</StatusPill>
}

/** What was decided, by whom and in which words. */
export function Decisions({ decisions }: { decisions: readonly DecisionView[] }) {
  const t = useTranslations('reviews.decision')
  const common = useTranslations('common')
  if (decisions.length === 0) return null
  return (
    <ul className="grid gap-3">
      {decisions.map(({ decision, by, guest, onBehalf, at, note, checklist, points }) => (
        <li key={at} className="flex gap-2.5">
          <ToneIcon
            tone={decision === 'approve' ? 'ok' : 'warn'}
            className={`mt-0.5 size-4 ${decision === 'approve' ? 'text-ok' : 'text-warn'}`}
          />
          <div className="min-w-0">
            <p>
              <span className="font-strong">
                {t(decision, { by: by === null ? t('somebody') : guest ? common('guestNamed', { name: by }) : by })}
              </span>
              {onBehalf && ` ${t('onBehalf')}`}
              <span className="text-small text-muted">
                {' · '}
                <RelativeTime at={at} />
              </span>
            </p>
            {note && <p className="wrap-anywhere whitespace-pre-line text-muted">{note}</p>}
            {decision === 'approve' && points.length > 0 && (
              <ul className="mt-1 grid gap-0.5 text-muted">
                {points.map(({ text, ticked }, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- what was decided never changes
                  <li key={index} className="flex items-start gap-1.5">
                    {ticked ? (
                      <SquareCheck role="img" aria-label={t('ticked')} className="mt-0.5 size-4 shrink-0 text-ok" />
                    ) : (
                      <Square role="img" aria-label={t('notTicked')} className="mt-0.5 size-4 shrink-0" />
                    )}
                    <span className="min-w-0 wrap-anywhere">{text}</span>
                  </li>
                ))}
              </ul>
            )}
            {checklist.length > 0 && (
              <ul className="mt-1 list-disc pl-5 text-muted">
                {checklist.map((point, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- what was decided never changes
                  <li key={index} className="wrap-anywhere">
                    {point}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
