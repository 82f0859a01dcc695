import type { AccountDetail } from '@sparkle/shared/accounts'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Picture } from '../../components/picture.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useFormats } from '../../lib/format.ts'
import { clientQueries } from './api.ts'

/** What was ordered, with its pictures. */
export function ProjectsCard({ clientId }: { clientId: string }) {
  const t = useTranslations('clients')
  const status = useTranslations('projects.status')
  const projects = useQuery(clientQueries.projects(clientId))
  return (
    <Card title={t('projects')}>
      {projects.isPending && <SkeletonList rows={3} />}
      {projects.isLoadingError && <ErrorState error={projects.error} onRetry={() => void projects.refetch()} />}
      {projects.data?.items.length === 0 && <p className="text-muted">{t('noProjects')}</p>}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {projects.data?.items.map((project) => (
          <li key={project.id}>
            <Link to={`/projects/${project.id}`} className="block rounded-box hover:bg-hover">
              <Picture src={project.thumbUrl} alt="" kind={project.thumbKind ?? 'photo'} className="w-full" />
              <span className="mt-1.5 block truncate font-strong">{project.petName}</span>
              <span className="block truncate text-small text-muted">{status(project.status)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What was agreed to with each order: kept for as long as the order is. */
export function ConsentsCard({ client }: { client: AccountDetail }) {
  const t = useTranslations('clients')
  const formats = useFormats()
  return (
    <Card title={t('consents')}>
      {client.consents.length === 0 ? (
        <p className="text-muted">{t('noConsents')}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {client.consents.map(({ orderId, orderNumber, projectId, consentVersion, consentAt }) => (
            <li key={orderId}>
              <Link to={`/projects/${projectId}`} className="hover:underline">
                {t('consent', { number: orderNumber, version: consentVersion, at: formats.date(consentAt) })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
