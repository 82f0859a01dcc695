import { Link, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useCan, useSession } from '../../lib/session.tsx'
import { isCustomer } from '../is-customer.ts'
import { ReviewEntry } from '../review/review-entry.tsx'

/** One version to look at and decide on: `/review/<version>`, where mails and notifications lead. */
export function ReviewPage() {
  const t = useTranslations('reviews.screen')
  const { versionId = '' } = useParams()
  const me = useSession()
  const client = isCustomer(me)
  const mayComment = useCan('reviews:comment')
  const mayInternal = useCan('reviews:internal')
  return (
    <ReviewEntry
      versionId={versionId}
      reader={{
        person: me.user.id,
        userId: me.user.id,
        side: client ? 'client' : 'studio',
        client,
        mayRead: true,
        mayComment,
        // Whoever sees a version may have its files; only a guest's link may say otherwise.
        mayDownload: true,
        mayInternal,
      }}
      backTo={(projectId) => (client ? '/' : `/projects/${projectId}/review`)}
      wayOn={
        <Button asChild>
          <Link to="/">{t('home')}</Link>
        </Button>
      }
    />
  )
}
