import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Badge, StatusText, type Tone } from '../../components/status.tsx'
import { useFormats } from '../../lib/format.ts'
import { StudioMenu } from './studio-menu.tsx'

export const studioTones: Record<PlatformOrganizationView['status'], Tone> = {
  active: 'ok',
  suspended: 'bad',
  deleting: 'warn',
}

/** All studios with what they use, as it was counted last. */
export function StudioTable({ studios, footer }: { studios: readonly PlatformOrganizationView[]; footer: ReactNode }) {
  const t = useTranslations('platform')
  const { number, size } = useFormats()
  const navigate = useNavigate()
  const figure = (
    id: 'members' | 'projects' | 'liveGames' | 'plays',
    from: 'sm' | 'md' | 'lg',
    width = '104px',
  ): DataColumn<PlatformOrganizationView> => ({
    id,
    header: t(`columns.${id}`),
    cell: ({ usage }) => (usage ? number(usage[id]) : t('uncounted')),
    width,
    align: 'end',
    from,
  })
  const columns: DataColumn<PlatformOrganizationView>[] = [
    { id: 'name', header: t('columns.name'), cell: (studio) => <Studio studio={studio} /> },
    {
      id: 'plan',
      header: t('columns.plan'),
      cell: ({ plan }) => <Badge>{t(`plan.${plan}`)}</Badge>,
      width: '96px',
      from: 'sm',
    },
    figure('members', 'lg'),
    figure('projects', 'md'),
    figure('liveGames', 'md', '112px'),
    figure('plays', 'sm'),
    {
      id: 'storage',
      header: t('columns.storage'),
      cell: ({ usage }) => (usage ? size(usage.storageBytes) : t('uncounted')),
      width: '104px',
      align: 'end',
      from: 'lg',
    },
    { id: 'actions', header: '', cell: (studio) => <StudioMenu studio={studio} />, width: '60px', align: 'end' },
  ]
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={studios}
      rowId={({ id }) => id}
      onOpen={({ id }) => void navigate(`/platform/${id}`)}
      footer={footer}
    />
  )
}

function Studio({ studio }: { studio: PlatformOrganizationView }) {
  const t = useTranslations('platform')
  const { date, number } = useFormats()
  const { id, name, slug, plan, status, suspendedReason, deletionDueAt, usage } = studio
  return (
    <span className="block min-w-0 py-2">
      <Link to={`/platform/${id}`} className="block truncate font-strong hover:underline">
        {name}
      </Link>
      <span className="flex flex-wrap items-center gap-x-3 text-small text-muted">
        <span className="font-mono">{slug}</span>
        <span className="@min-[36rem]:hidden">
          {usage
            ? t('inShort', { plan: t(`plan.${plan}`), projects: usage.projects, plays: number(usage.plays) })
            : t(`plan.${plan}`)}
        </span>
        {usage && (
          <span className="hidden @min-[36rem]:inline">
            {t('counted')} <RelativeTime at={usage.countedAt} />
          </span>
        )}
      </span>
      {status !== 'active' && (
        <StatusText tone={studioTones[status]} className="mt-0.5 text-small whitespace-normal!">
          {status === 'suspended'
            ? t('suspendedFor', { reason: suspendedReason ?? '' })
            : t('deletedOn', { date: date(deletionDueAt ?? '') })}
        </StatusText>
      )}
    </span>
  )
}
