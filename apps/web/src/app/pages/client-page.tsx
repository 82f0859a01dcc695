import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { clientQueries } from '../../features/clients/api.ts'
import { ClientDanger } from '../../features/clients/client-danger.tsx'
import { ClientActions } from '../../features/clients/client-actions.tsx'
import { ConsentsCard, ProjectsCard } from '../../features/clients/client-work.tsx'
import { ContactsCard } from '../../features/clients/contacts-card.tsx'
import { MembersCard } from '../../features/clients/members-card.tsx'
import { PetsCard } from '../../features/clients/pets-card.tsx'
import { NewProjectFor } from '../new-project-for.tsx'

/** One client: what they ordered, who they are, and what they may ask of the studio. */
export function ClientPage() {
  const t = useTranslations('clients')
  const { accountId = '' } = useParams()
  const client = useQuery(clientQueries.detail(accountId))
  const back = { to: '/clients', label: t('label') }
  if (client.isPending)
    return (
      <>
        <PageHeader title={t('label')} back={back} />
        <SkeletonList rows={6} />
      </>
    )
  if (client.isLoadingError)
    return (
      <>
        <PageHeader title={t('label')} back={back} />
        <ErrorState error={client.error} onRetry={() => void client.refetch()} />
      </>
    )
  return (
    <>
      <PageHeader
        title={client.data.name}
        description={t(`oneKind.${client.data.kind}`)}
        back={back}
        actions={
          <>
            <ClientActions client={client.data} />
            <NewProjectFor client={client.data} />
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[2fr_1fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <ProjectsCard clientId={accountId} />
          <PetsCard clientId={accountId} />
          <ConsentsCard client={client.data} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ContactsCard client={client.data} />
          <MembersCard client={client.data} />
          <ClientDanger client={client.data} />
        </div>
      </div>
    </>
  )
}
