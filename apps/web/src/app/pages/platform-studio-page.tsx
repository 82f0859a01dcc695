import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge, StatusPill } from '../../components/status.tsx'
import { platformStudioQuery } from '../../features/platform/api.ts'
import { PlatformLog } from '../../features/platform/platform-log.tsx'
import { StudioButtons } from '../../features/platform/studio-menu.tsx'
import { studioTones } from '../../features/platform/studio-table.tsx'
import { StudioUsage } from '../../features/platform/studio-usage.tsx'
import { useFormats } from '../../lib/format.ts'

/** `/platform/{id}`: one studio as the platform sees it: what it uses, and what was done to it. */
export function PlatformStudioPage() {
  const t = useTranslations('platform')
  const { date } = useFormats()
  const { studioId = '' } = useParams()
  const found = useQuery(platformStudioQuery(studioId))
  if (found.isPending) return <SkeletonList rows={4} className="h-24" />
  if (found.isLoadingError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const studio = found.data
  return (
    <>
      <PageHeader
        title={studio.name}
        back={{ to: '/platform', label: t('title') }}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusPill tone={studioTones[studio.status]}>{t(`status.${studio.status}`)}</StatusPill>
            <Badge>{t(`plan.${studio.plan}`)}</Badge>
            <span className="font-mono">{studio.slug}</span>
            <span>{t('since', { date: date(studio.createdAt) })}</span>
          </span>
        }
        actions={<StudioButtons studio={studio} />}
      />
      {studio.suspendedAt && (
        <Notice tone="bad" className="mb-4">
          {t('suspendedFor', { reason: studio.suspendedReason ?? '' })}
        </Notice>
      )}
      {studio.deletionDueAt && (
        <Notice tone="warn" className="mb-4">
          {t('deletedOn', { date: date(studio.deletionDueAt) })}
        </Notice>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <Card title={t('usage.title')}>
          <StudioUsage studio={studio} />
        </Card>
        <Card flush title={t('log.title')} className="lg:col-span-2">
          <PlatformLog studioId={studio.id} />
        </Card>
      </div>
    </>
  )
}
