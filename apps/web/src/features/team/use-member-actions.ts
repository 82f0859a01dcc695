import type { StudioRole } from '@sparkle/shared/permissions'
import type { UserView } from '@sparkle/shared/users'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { notify } from '../../components/toast.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useMemberStep, useRevokeInvitation, useSetRole } from './api.ts'

/** What an admin can do with a member or an invitation. Each asks first where there is something to lose, and says what came of it. */
export function useMemberActions() {
  const t = useTranslations('team')
  const roleName = useTranslations('web.role')
  const textOf = useProblemText()
  const confirm = useConfirm()
  const { mutate: changeRole } = useSetRole()
  const { mutate: deactivateOne } = useMemberStep('deactivate')
  const { mutate: reactivateOne } = useMemberStep('reactivate')
  const { mutate: resendOne } = useMemberStep('resend-invite')
  const { mutate: revokeOne } = useRevokeInvitation()

  const refused = (error: unknown) =>
    notify(isProblem(error, 'user.last_admin') ? t('lastAdmin') : textOf(error), { tone: 'bad' })

  const setRole = (member: UserView, role: StudioRole, undoable = true) => {
    const before = member.role as StudioRole
    const undo = { label: t('undo'), run: () => setRole({ ...member, role }, before, false) }
    changeRole(
      { id: member.id, role },
      {
        onSuccess: () =>
          notify(t('roleChanged', { name: member.displayName, role: roleName(role) }), {
            action: undoable ? undo : undefined,
          }),
        onError: refused,
      },
    )
  }
  const deactivate = async (member: UserView) => {
    const name = member.displayName
    const projects = member.openProjects > 0 ? t('deactivateProjects', { count: member.openProjects }) : ''
    const sure = await confirm({
      title: t('deactivateTitle', { name }),
      body: [t('deactivateBody', { name }), projects].filter(Boolean).join('\n\n'),
      confirmLabel: t('deactivate'),
      danger: true,
    })
    if (sure) deactivateOne(member.id, { onSuccess: () => notify(t('deactivated', { name })), onError: refused })
  }
  const reactivate = (member: UserView) =>
    reactivateOne(member.id, {
      onSuccess: () => notify(t('reactivated', { name: member.displayName })),
      onError: refused,
    })
  const resend = ({ id, email }: UserView) =>
    resendOne(id, { onSuccess: () => notify(t('resent', { email })), onError: refused })
  const revoke = async ({ id, email }: UserView) => {
    const sure = await confirm({
      title: t('revokeTitle'),
      body: t('revokeBody', { email }),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (sure) revokeOne(id, { onSuccess: () => notify(t('revoked', { email })) })
  }
  return { setRole, deactivate, reactivate, resend, revoke }
}
