import type { VersionView } from '@sparkle/shared/reviews'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronDown, Columns2 } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Popover } from '../../components/popover.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Badge } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useReviewPath } from '../../lib/review-paths.tsx'
import { reviewQueries } from './api.ts'
import { DownloadVersion } from './download-button.tsx'
import { VersionStatusPill } from './version-status.tsx'

/** All versions of the same thing, newest first; other things of the project are other reviews. */
export function useSiblings(version: VersionView): VersionView[] {
  const list = useInfiniteQuery(reviewQueries.ofProject(version.projectId))
  const found = list.data?.pages.flatMap(({ items }) => items) ?? []
  return found
    .filter(({ deliverableId, kind }) => deliverableId === version.deliverableId && kind === version.kind)
    .sort((a, b) => b.number - a.number)
}

interface VersionPickerProps {
  version: VersionView
  siblings: readonly VersionView[]
  client: boolean
  mayDownload: boolean
}

/** Which version is looked at, what was new in each, and the way to compare this one with another or to take one along. */
export function VersionPicker({ version, siblings, client, mayDownload }: VersionPickerProps) {
  const t = useTranslations('reviews')
  const pathOf = useReviewPath()
  const [open, setOpen] = useState(false)
  const { id, number, lookAt } = version
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('picker.label')}
      className="w-[min(92vw,24rem)] p-2"
      trigger={
        <Button>
          {t('picker.open', { number })}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <p className="px-2 pt-1 pb-2 text-small text-muted">
        {lookAt ? t(`picker.${lookAt.because}`, { number: lookAt.number }) : t('picker.none')}
      </p>
      <ul aria-label={t('picker.label')} className="grid gap-1">
        {siblings.map((one) => (
          <li key={one.id} className={cn('rounded-box p-2', one.id === id ? 'bg-accent-soft' : 'hover:bg-hover')}>
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Link
                to={pathOf(one.id)}
                aria-current={one.id === id ? 'page' : undefined}
                onClick={() => setOpen(false)}
                className="font-strong underline-offset-2 hover:underline"
              >
                {t('number', { number: one.number })}
              </Link>
              <VersionStatusPill status={one.status} client={client} />
              {lookAt?.versionId === one.id && <Badge>{t(`lookAt.${lookAt.because}`)}</Badge>}
              <RelativeTime at={one.sentAt ?? one.createdAt} className="text-small text-muted" />
            </div>
            <p className="mt-1 line-clamp-3 text-small wrap-anywhere whitespace-pre-line text-muted">
              {one.changelog || t('noChangelog')}
            </p>
            <div className="mt-1 -ml-2.5 flex flex-wrap gap-1 empty:hidden">
              {one.id !== id && one.kind !== 'file' && (
                <Button asChild look="quiet" size="small">
                  <Link to={`${pathOf(id)}?compare=${one.id}`} onClick={() => setOpen(false)}>
                    <Columns2 aria-hidden="true" />
                    {t('picker.compare', { number: one.number })}
                  </Link>
                </Button>
              )}
              {mayDownload && <DownloadVersion version={one} look="quiet" size="small" />}
            </div>
          </li>
        ))}
      </ul>
    </Popover>
  )
}
