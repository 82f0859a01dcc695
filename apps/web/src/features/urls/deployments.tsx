import type { BuildView } from '@sparkle/shared/builds'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge } from '../../components/status.tsx'
import { urlQueries } from './api.ts'

/** What was live when, newest first. */
export function Deployments({ urlId, builds }: { urlId: string; builds: readonly BuildView[] }) {
  const t = useTranslations('urls.history')
  const list = useInfiniteQuery(urlQueries.deployments(urlId))
  if (list.isPending) return <SkeletonList rows={3} />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data.pages.flatMap((page) => page.items)
  const numberOf = (id: string) => builds.find((build) => build.id === id)?.number ?? null
  return (
    <Card flush title={t('title')}>
      {items.length === 0 ? (
        <p className="px-4 py-3 text-muted">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((item, index) => {
            const number = numberOf(item.buildId)
            return (
              <li key={item.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2.5">
                <span className="font-strong">{number === null ? t('older') : t('build', { number })}</span>
                <Badge>{t(item.kind)}</Badge>
                {index === 0 && <Badge className="border-ok! text-ok">{t('now')}</Badge>}
                <span className="ml-auto text-small text-muted">
                  {item.by && `${item.by} · `}
                  <RelativeTime at={item.at} />
                </span>
              </li>
            )
          })}
        </ul>
      )}
      <LoadMore {...list} />
    </Card>
  )
}
