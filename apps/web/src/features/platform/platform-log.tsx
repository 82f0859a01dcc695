import type { PlatformAction, PlatformLogEntry } from '@sparkle/shared/platform'
import { useInfiniteQuery } from '@tanstack/react-query'
import { BadgeCheck, CirclePause, CirclePlay, Flame, LifeBuoy, LogOut, Sparkles, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { platformLogQuery } from './api.ts'

const signs: Record<PlatformAction, LucideIcon> = {
  'studio:founded': Sparkles,
  'studio:suspended': CirclePause,
  'studio:unsuspended': CirclePlay,
  'studio:plan:changed': BadgeCheck,
  'studio:erased': Flame,
  'acting:began': LifeBuoy,
  'acting:ended': LogOut,
}

/** Who of the platform did what to a studio, when and why. */
export function PlatformLog({ studioId }: { studioId: string }) {
  const t = useTranslations('platform')
  const list = useInfiniteQuery(platformLogQuery(studioId))
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={3} />
      </div>
    )
  }
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const entries = list.data.pages.flatMap(({ items }) => items)
  if (entries.length === 0) return <p className="p-4 text-muted">{t('log.none')}</p>
  return (
    <>
      <ol aria-label={t('log.title')}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <LoadMore {...list} />
    </>
  )
}

function Entry({ entry: { action, person, reason, detail, at } }: { entry: PlatformLogEntry }) {
  const t = useTranslations('platform')
  const Sign = signs[action]
  return (
    <li className="flex gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <Sign aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p>
          <span className="font-strong">{person.name}</span> {t(`log.action.${action}`)}
          {detail && <span className="text-muted"> · {detail}</span>}
        </p>
        {reason && <p className="wrap-anywhere text-muted">{t('log.reason', { reason })}</p>}
      </div>
      <RelativeTime at={at} className="shrink-0 text-small text-muted" />
    </li>
  )
}
