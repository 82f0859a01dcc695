import { useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { reviewQueries } from './api.ts'

/** What a customer is asked to look at, in all projects or one, above everything else; nothing where nothing waits. */
export function WaitingForYou({ projectId }: { projectId?: string }) {
  const t = useTranslations('reviews.waiting')
  const waiting = useQuery(reviewQueries.waiting())
  if (waiting.isLoadingError) return <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />
  const versions = (waiting.data?.items ?? []).filter((one) => !projectId || one.projectId === projectId)
  if (versions.length === 0) return null
  return (
    <ul aria-label={t('label')} className="mb-6 grid gap-4">
      {versions.map(({ id, petName, number, kind, deliverableName, comments }) => (
        <li
          key={id}
          className="flex flex-col gap-4 rounded-box border border-accent bg-accent-soft p-4 sm:flex-row sm:items-center sm:p-5"
        >
          <div className="min-w-0 grow">
            <h2 className="text-large font-strong wrap-anywhere">{t('title', { pet: petName, kind, number })}</h2>
            {deliverableName && <p className="mt-1 text-small text-muted wrap-anywhere">{deliverableName}</p>}
            <p className="mt-1">{t('body', { kind })}</p>
            {comments.unread > 0 && <p className="mt-1 font-strong">{t('answers', { count: comments.unread })}</p>}
          </div>
          <Button asChild look="primary" size="large" className="min-h-12">
            <Link to={`/review/${id}`}>
              <Eye aria-hidden="true" />
              {t('look')}
            </Link>
          </Button>
        </li>
      ))}
    </ul>
  )
}
