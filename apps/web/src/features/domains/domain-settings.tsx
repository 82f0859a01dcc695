import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useCan } from '../../lib/session.tsx'
import { AddDomain } from './add-domain.tsx'
import { domainsQuery, hostingPageQuery } from './api.ts'
import { DomainRow } from './domain-row.tsx'
import { HostingPageForm } from './hosting-page-form.tsx'

/** Where the studio's games answer besides the games' own host, and what stands where one is not. */
export function DomainSettings() {
  const t = useTranslations('domains')
  const settings = useTranslations('settings.studio')
  const mayChange = useCan('studio:update')
  const domains = useQuery(domainsQuery)
  const page = useQuery(hostingPageQuery)
  const failed = [domains, page].find(({ isLoadingError }) => isLoadingError)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (!domains.data || !page.data) return <SkeletonList rows={3} className="h-32" />
  const { items } = domains.data
  return (
    <div className="flex flex-col gap-4">
      {!mayChange && <Notice tone="neutral">{settings('readOnly')}</Notice>}
      <Card title={t('title')}>
        <p className="-mt-2 mb-4 text-muted">{t('body')}</p>
        {items.length > 0 && (
          <ul className="mb-4 divide-y divide-line border-y border-line">
            {items.map((domain) => (
              <DomainRow key={domain.id} domain={domain} mayChange={mayChange} />
            ))}
          </ul>
        )}
        {mayChange && <AddDomain />}
        {!mayChange && items.length === 0 && <p className="text-muted">{t('none')}</p>}
      </Card>
      <HostingPageForm page={page.data} mayChange={mayChange} />
    </div>
  )
}
