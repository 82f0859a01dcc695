import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { Link, useOutletContext, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CommentOutbox } from '../../features/comments/comment-outbox.tsx'
import { guestPerson } from '../../lib/guest.ts'
import { ReviewEntry } from '../review/review-entry.tsx'

/** One version as a guest sees it: the same page as everybody's, with what the link's scope has. */
export function GuestReviewPage() {
  const t = useTranslations('sharing.guest')
  const { token = '', versionId = '' } = useParams()
  const visit = useOutletContext<GuestSessionView>()
  const { petName, scope, mayDownload } = visit
  const person = guestPerson(visit)
  return (
    <CommentOutbox key={person} person={person}>
      <ReviewEntry
        versionId={versionId}
        reader={{
          person,
          userId: null,
          side: 'guest',
          client: true,
          mayRead: scope !== 'view',
          mayComment: scope !== 'view',
          mayDownload,
          mayInternal: false,
        }}
        backTo={() => `/r/${token}`}
        wayOn={
          <Button asChild>
            <Link to={`/r/${token}`}>{t('versions', { pet: petName })}</Link>
          </Button>
        }
      />
    </CommentOutbox>
  )
}
