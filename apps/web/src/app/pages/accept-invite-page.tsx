import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { AcceptInviteForm } from '../../features/auth/accept-invite-form.tsx'
import { inviteQuery } from '../../features/auth/api.ts'
import { isProblem } from '../../lib/problem.ts'

export function AcceptInvitePage() {
  const t = useTranslations('auth.invite')
  const role = useTranslations('web.role')
  const navigate = useNavigate()
  const { token = '' } = useParams()
  const invite = useQuery(inviteQuery(token))

  if (invite.isPending) return <SkeletonList rows={4} />
  if (isProblem(invite.error) && (invite.error.status === 404 || invite.error.status === 410)) {
    return (
      <EmptyState
        heading="h1"
        scene="door"
        title={t('gone')}
        body={t('goneBody')}
        action={
          <Button asChild>
            <Link to="/sign-in">{t('toSignIn')}</Link>
          </Button>
        }
      />
    )
  }
  if (invite.isError) return <ErrorState error={invite.error} onRetry={() => void invite.refetch()} />
  const { studioName, email } = invite.data
  return (
    <div className="mx-auto max-w-100">
      <PageHeader title={t('title', { studio: studioName })} />
      <p className="-mt-3 mb-6 text-muted">{t('body', { role: role(invite.data.role), email })}</p>
      <AcceptInviteForm token={token} invite={invite.data} onDone={() => void navigate('/', { replace: true })} />
    </div>
  )
}
