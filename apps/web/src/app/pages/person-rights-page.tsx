import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { PersonGrants } from '../../features/team/person-grants.tsx'
import { rightsQueries } from '../../features/team/rights-api.ts'
import { useRoleName } from '../../features/team/use-role-name.ts'
import { Why } from '../../features/team/why.tsx'

/** What one person may beside their role, and why they may what they may. */
export function PersonRightsPage() {
  const t = useTranslations('permissions')
  const roleName = useRoleName()
  const { userId = '' } = useParams()
  const person = useQuery(rightsQueries.person(userId))
  if (person.isPending) return <SkeletonList rows={5} />
  if (person.isLoadingError) return <ErrorState error={person.error} onRetry={() => void person.refetch()} />
  const role = roleName(person.data)
  return (
    <>
      <PageHeader
        title={t('personTitle', { name: person.data.displayName })}
        description={role}
        back={{ to: '/team', label: t('back') }}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PersonGrants person={person.data} />
        <Why person={person.data} roleName={role} />
      </div>
    </>
  )
}
