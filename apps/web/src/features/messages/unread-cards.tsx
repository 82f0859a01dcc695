import { messagePlace } from '@sparkle/shared/notifications'
import { useQuery } from '@tanstack/react-query'
import { MessagesSquare } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { messageQueries } from './api.ts'

/** Conversations in which somebody has written to the reader; nothing where all is read. */
export function UnreadCards({ projectId }: { projectId?: string }) {
  const t = useTranslations('conversation')
  // A page that cannot tell what is unread still has the conversations themselves.
  const waiting = useQuery(messageQueries.waiting()).data?.items ?? []
  const shown = projectId ? waiting.filter((one) => one.projectId === projectId) : waiting
  if (shown.length === 0) return null
  return (
    <ul aria-label={t('waitingLabel')} className="mb-6 grid gap-4">
      {shown.map(({ projectId: id, petName, count, from, firstMessageId }) => (
        <li
          key={id}
          className="flex flex-col gap-4 rounded-box border border-line bg-surface p-4 sm:flex-row sm:items-center sm:p-5"
        >
          <div className="min-w-0 grow">
            <h2 className="text-large font-strong wrap-anywhere">{t('waitingTitle', { count, pet: petName })}</h2>
            <p className="mt-1 text-muted">{t('waitingBody', { known: from ? 'yes' : 'no', from: from ?? '' })}</p>
          </div>
          <Button asChild size="large" className="min-h-12">
            <Link to={messagePlace(id, firstMessageId)}>
              <MessagesSquare aria-hidden="true" />
              {t('waitingAction')}
            </Link>
          </Button>
        </li>
      ))}
    </ul>
  )
}
