import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { CustomRoles } from '../../features/team/custom-roles.tsx'
import { PermissionMatrix } from '../../features/team/permission-matrix.tsx'
import { rightsQueries } from '../../features/team/rights-api.ts'

/** Who may what in the studio, by role. */
export function PermissionsPage() {
  const t = useTranslations('permissions')
  const matrix = useQuery(rightsQueries.matrix)
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} back={{ to: '/team', label: t('back') }} />
      <div className="flex flex-col gap-4">
        <CustomRoles />
        <Card title={t('matrix.title')} flush>
          {matrix.isPending && (
            <div className="p-4">
              <SkeletonList rows={8} />
            </div>
          )}
          {matrix.isLoadingError && <ErrorState error={matrix.error} onRetry={() => void matrix.refetch()} />}
          {matrix.data && <PermissionMatrix matrix={matrix.data} />}
        </Card>
      </div>
    </>
  )
}
