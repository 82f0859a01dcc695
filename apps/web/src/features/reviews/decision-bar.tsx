import type { ReviewDecision, VersionView } from '@sparkle/shared/reviews'
import { Check, MessageSquareWarning } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useReviewPath } from '../../lib/review-paths.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { DecideDialog } from './decide-dialog.tsx'

interface DecisionBarProps {
  version: VersionView
  /** Under whose name wishes and ticks that are not sent yet are kept. */
  person: string
  client: boolean
  /** What was asked for in the version before, point by point. */
  asked: readonly string[]
  /** Threads that nobody has resolved: approving with some open is asked about. */
  openThreads: number
  /** Whether the customer approves or writes down what should change; whoever draws the page closes that by Back. */
  deciding: ReviewDecision | null
  onDeciding: (deciding: ReviewDecision | null) => void
  /** Said aloud once it is decided. */
  onDecided: (words: string) => void
}

/** Where the review stands, and the decision for whoever has to make it. */
export function DecisionBar(props: DecisionBarProps) {
  const { version, client, asked } = props
  return (
    <div className="mx-auto grid max-w-180 gap-2.5 empty:hidden">
      <Where version={version} client={client} />
      <OtherVersion version={version} />
      {client && version.mayDecide && (
        <>
          <Asked points={asked} />
          <Choice {...props} />
        </>
      )}
    </div>
  )
}

/** Where the review stands, for whoever has nothing to press. */
function Where({ version, client }: { version: VersionView; client: boolean }) {
  const t = useTranslations('reviews.screen')
  const mine = version.decisions.find((one) => one.mine)
  if (version.status === 'approved')
    return <Notice tone="ok">{mine?.decision === 'approve' && client ? t('approved') : t('othersApproved')}</Notice>
  if (version.status === 'changes_requested')
    return <Notice tone="info">{mine && client ? t('asked') : t('othersAsked')}</Notice>
  if (version.status === 'draft') return <Notice tone="neutral">{t('draft')}</Notice>
  if (version.status === 'superseded') return <Notice tone="warn">{t('superseded')}</Notice>
  if (mine) return <Notice tone="ok">{t('partly', { count: version.approversLeft ?? 0 })}</Notice>
  if (!client) return <Notice tone="info">{t('waitingStaff')}</Notice>
  return version.mayDecide ? null : <Notice tone="neutral">{t('onlyOwner')}</Notice>
}

/** The version to look at is the newest, unless one is approved: said wherever another one is open. */
function OtherVersion({ version: { id, lookAt } }: { version: VersionView }) {
  const t = useTranslations('reviews.screen')
  const pathOf = useReviewPath()
  if (!lookAt || lookAt.versionId === id) return null
  const { number, because } = lookAt
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-muted">{t('older', { number, because })}</p>
      <Button asChild size="large">
        <Link to={pathOf(lookAt.versionId)}>{t('toNewest', { number })}</Link>
      </Button>
    </div>
  )
}

function Asked({ points }: { points: readonly string[] }) {
  const t = useTranslations('reviews.screen')
  if (points.length === 0) return null
  return (
    <details className="rounded-box bg-sunken px-3 py-2">
      <summary className="-my-2 py-2 font-strong pointer-coarse:py-3">
        {t('askedFor', { count: points.length })}
      </summary>
      <ul className="mt-1 grid max-h-[30dvh] list-disc gap-1 overflow-y-auto pl-5">
        {points.map((point, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- what was decided never changes
          <li key={index} className="wrap-anywhere">
            {point}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Choice({ version, person, openThreads, deciding, onDeciding, onDecided }: DecisionBarProps) {
  const t = useTranslations('reviews.screen')
  const body = openThreads > 0 ? `${t('approveOpen', { count: openThreads })}\n\n${t('approveBody')}` : t('approveBody')
  return (
    <>
      <div className="grid grid-cols-2 gap-2.5">
        <Button
          size="large"
          className="min-h-13 px-2"
          icon={<MessageSquareWarning />}
          onClick={() => onDeciding('request_changes')}
        >
          {t('changes')}
        </Button>
        <Button look="primary" size="large" className="min-h-13" icon={<Check />} onClick={() => onDeciding('approve')}>
          {t('approve')}
        </Button>
      </div>
      <ApproveDialog
        version={version}
        person={person}
        body={body}
        open={deciding === 'approve'}
        onOpenChange={(open) => onDeciding(open ? 'approve' : null)}
        onApproved={() => onDecided(t('approved'))}
      />
      <DecideDialog
        version={version}
        person={person}
        onBehalf={false}
        open={deciding === 'request_changes'}
        onOpenChange={(open) => onDeciding(open ? 'request_changes' : null)}
        onDecided={() => onDecided(t('asked'))}
      />
    </>
  )
}
