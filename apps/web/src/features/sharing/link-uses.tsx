import type { AuditAction } from '@sparkle/shared/events'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { sharingQueries } from './api.ts'

/** Who came in by a link, when, and what they did. */
export function LinkUses({ linkId }: { linkId: string }) {
  const t = useTranslations('sharing.links')
  const actions = useTranslations('audit.action')
  const list = useInfiniteQuery(sharingQueries.uses(linkId))
  if (list.isPending) return <SkeletonList rows={3} />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const uses = list.data.pages.flatMap(({ items }) => items)
  return (
    <>
      <ul className="divide-y divide-line">
        {uses.map((use) => (
          <li key={use.id} className="py-3">
            <p className="font-strong wrap-anywhere">{use.name}</p>
            <p className="text-small text-muted">
              <RelativeTime at={use.openedAt} />
              {use.agent && ` · ${use.agent}`} · {t('place', { place: use.place })}
            </p>
            {use.did.length > 0 && (
              <ul className="mt-1 list-disc pl-5 text-small">
                {use.did.map(({ action, count }) => (
                  <li key={action}>{t('did', { what: actions(action as AuditAction), count })}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <LoadMore {...list} />
      <p className="mt-4 text-small text-muted">{t('usesNote')}</p>
    </>
  )
}
