import type { StudioRole } from '@sparkle/shared/permissions'
import type { UserView } from '@sparkle/shared/users'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { notify } from '../../components/toast.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { type ChosenRole, useMemberStep, useRevokeInvitation, useSetRole } from './api.ts'
import { useRoleName } from './use-role-name.ts'

/** What an admin can do with a member or an invitation. Each asks first where there is something to lose, and says what came of it. */
export function useMemberActions() {
  const t = useTranslations('team')
  const roleName = useRoleName()
  const textOf = useProblemText()
  const confirm = useConfirm()

  const onError = (error: unknown) =>
    notify(isProblem(error, 'user.last_admin') ? t('lastAdmin') : textOf(error), { tone: 'bad' })
  const said = (text: (member: UserView) => string) => ({
    onSuccess: (member: UserView) => notify(text(member)),
    onError,
  })

  const { mutate: changeRole } = useSetRole({
    onSuccess: ({ member, choice, undoable }) => {
      const before = { role: member.role as StudioRole, customRole: member.customRole }
      const back = { member: { ...member, ...choice }, choice: before, undoable: false }
      notify(t('roleChanged', { name: member.displayName, role: roleName(choice) }), {
        action: undoable ? { label: t('undo'), run: () => changeRole(back) } : undefined,
      })
    },
    onError,
  })
  const { mutate: deactivateOne } = useMemberStep(
    'deactivate',
    said(({ displayName }) => t('deactivated', { name: displayName })),
  )
  const { mutate: reactivate } = useMemberStep(
    'reactivate',
    said(({ displayName }) => t('reactivated', { name: displayName })),
  )
  const { mutate: resend } = useMemberStep(
    'resend-invite',
    said(({ email }) => t('resent', { email })),
  )
  const { mutate: resetOne } = useMemberStep(
    'second-factor/reset',
    said(({ displayName }) => t('factorReset', { name: displayName })),
  )
  const { mutate: revokeOne } = useRevokeInvitation(said(({ email }) => t('revoked', { email })))

  const setRole = (member: UserView, choice: ChosenRole) => changeRole({ member, choice, undoable: true })
  const deactivate = async (member: UserView) => {
    const name = member.displayName
    const projects = member.openProjects > 0 ? t('deactivateProjects', { count: member.openProjects }) : ''
    const sure = await confirm({
      title: t('deactivateTitle', { name }),
      body: [t('deactivateBody', { name }), projects].filter(Boolean).join('\n\n'),
      confirmLabel: t('deactivate'),
      danger: true,
    })
    if (sure) deactivateOne(member)
  }
  const revoke = async (member: UserView) => {
    const sure = await confirm({
      title: t('revokeTitle'),
      body: t('revokeBody', { email: member.email }),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (sure) revokeOne(member)
  }
  const resetFactor = async (member: UserView) => {
    const name = member.displayName
    const sure = await confirm({
      title: t('factorResetTitle', { name }),
      body: t('factorResetBody', { name }),
      confirmLabel: t('factorResetSubmit'),
      danger: true,
    })
    if (sure) resetOne(member)
  }
  return { setRole, deactivate, reactivate, resend, revoke, resetFactor }
}
