import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PeriodPicker } from '../../components/period-picker.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { figuresQuery } from '../../features/dashboard/api.ts'
import { BehindSheet } from '../../features/dashboard/business/behind-sheet.tsx'
import { Business } from '../../features/dashboard/business/business.tsx'
import { useBehind } from '../../features/dashboard/business/use-behind.ts'
import { useDownload } from '../../lib/download.ts'
import { useFormats } from '../../lib/format.ts'
import { usePeriod } from '../../lib/period.ts'

/** The studio's business over any period, each figure with the projects behind it. */
export function FiguresPage() {
  const t = useTranslations('dashboard.business')
  const { day } = useFormats()
  const picker = usePeriod('quarter')
  const { behind, show } = useBehind()
  const download = useDownload()
  const { query } = picker.period
  const figures = useQuery(figuresQuery(query))
  const compared = figures.data?.before
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ to: '/', label: t('back') }}
        description={compared && t('compared', { from: day(compared.from), to: day(compared.to) })}
        actions={
          <>
            <PeriodPicker {...picker} shown={figures.data} />
            <Button
              look="quiet"
              icon={<Download />}
              onClick={() => download.mutate({ path: '/dashboard/figures.csv', query: { ...query } })}
            >
              {t('csv')}
            </Button>
          </>
        }
      />
      {figures.isPending && <SkeletonList rows={3} className="h-40" />}
      {figures.isLoadingError && <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />}
      {figures.data && <Business figures={figures.data} onShow={show} />}
      <BehindSheet behind={behind} period={query} onClose={() => show(null)} />
    </>
  )
}
