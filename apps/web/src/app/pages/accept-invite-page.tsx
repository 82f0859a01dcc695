import { isAccountRole } from '@sparkle/shared/permissions'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { DoorHeader } from '../../components/door-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { AcceptInviteForm } from '../../features/auth/accept-invite-form.tsx'
import { inviteQuery, useAcceptInvite, useSignOut, type InviteView } from '../../features/auth/api.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'

export function AcceptInvitePage() {
  const { token = '' } = useParams()
  const invite = useQuery(inviteQuery(token))

  if (invite.isPending) return <SkeletonList rows={4} />
  if (isProblem(invite.error) && (invite.error.status === 404 || invite.error.status === 422))
    return <Closed state="gone" />
  if (invite.isError) return <ErrorState error={invite.error} onRetry={() => void invite.refetch()} />
  if (invite.data.state !== 'open') return <Closed state={invite.data.state} studio={invite.data.studioName} />
  return <Open token={token} invite={invite.data} />
}

function Closed({ state, studio = '' }: { state: 'gone' | Exclude<InviteView['state'], 'open'>; studio?: string }) {
  const t = useTranslations('auth.invite')
  return (
    <EmptyState
      heading="h1"
      scene="door"
      title={t(state)}
      body={t(`${state}Body`, { studio })}
      action={
        <Button asChild>
          <Link to="/sign-in">{t('toSignIn')}</Link>
        </Button>
      }
    />
  )
}

function Open({ token, invite }: { token: string; invite: InviteView }) {
  const navigate = useNavigate()
  const { reader } = invite
  const land = (projectId: string | null) =>
    void navigate(projectId ? `/projects/${projectId}` : '/', { replace: true })
  return (
    <div className="mx-auto max-w-100">
      <Welcome invite={invite} />
      {reader === 'invited' ? (
        <JoinAtOnce token={token} onDone={land} />
      ) : (
        <>
          {reader === 'somebody_else' && <SomebodyElse email={invite.email} />}
          <AcceptInviteForm token={token} invite={invite} onDone={land} />
        </>
      )}
    </div>
  )
}

/** Says who invites to what: to a pet's game, to all games of a household, or to the studio's team. */
function Welcome({ invite }: { invite: InviteView }) {
  const t = useTranslations('auth.invite')
  const roleName = useTranslations('web.role')
  const { studioName: studio, email, project, inviterName, role } = invite
  const inviter = { known: inviterName ? 'yes' : 'no', name: inviterName ?? '', studio, email }
  if (project) return <DoorHeader title={t('titlePet', { pet: project.petName })}>{t('bodyPet', inviter)}</DoorHeader>
  if (isAccountRole(role))
    return <DoorHeader title={t('titleAccount', { studio })}>{t('bodyAccount', { ...inviter, role })}</DoorHeader>
  return <DoorHeader title={t('title', { studio })}>{t('body', { role: roleName(role), email })}</DoorHeader>
}

/** The invited person is signed in in this browser: that is proof enough. */
function JoinAtOnce({ token, onDone }: { token: string; onDone: (projectId: string | null) => void }) {
  const t = useTranslations('auth.invite')
  const textOf = useProblemText()
  const accept = useAcceptInvite(token)
  return (
    <div className="grid gap-4">
      <Notice tone="info">{t('signedIn')}</Notice>
      {accept.error && <Notice tone="bad">{textOf(accept.error)}</Notice>}
      <Button
        look="primary"
        size="large"
        pending={accept.isPending}
        onClick={() => accept.mutate({}, { onSuccess: ({ projectId }) => onDone(projectId) })}
      >
        {t('submit')}
      </Button>
    </div>
  )
}

function SomebodyElse({ email }: { email: string }) {
  const t = useTranslations('auth.invite')
  const signOut = useSignOut(() => location.reload())
  return (
    <Notice tone="warn" className="mb-4">
      <p>{t('somebodyElse', { email })}</p>
      <Button size="small" className="mt-2" pending={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('signOut')}
      </Button>
    </Notice>
  )
}
