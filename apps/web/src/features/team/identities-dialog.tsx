import type { UserView } from '@sparkle/shared/users'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { identitiesQuery, type MemberIdentity, useUnlinkMember } from './identities.ts'

/** Which of the studio's providers sign a member in: for the day an account there is somebody else's. */
export function IdentitiesDialog({ member, onClose }: { member: UserView; onClose: () => void }) {
  const t = useTranslations('team.links')
  const links = useQuery(identitiesQuery(member.id))
  const name = member.displayName
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('title', { name })}
      description={t('body')}
      width="small"
    >
      {links.isPending && <SkeletonList rows={1} />}
      {links.isLoadingError && <ErrorState error={links.error} onRetry={() => void links.refetch()} />}
      {links.data?.items.length === 0 && <p className="text-muted">{t('none', { name })}</p>}
      {links.data && links.data.items.length > 0 && (
        <ul className="divide-y divide-line">
          {links.data.items.map((link) => (
            <Link key={link.providerId} member={member} link={link} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Link({ member, link }: { member: UserView; link: MemberIdentity }) {
  const t = useTranslations('team.links')
  const { date } = useFormats()
  const confirm = useConfirm()
  const names = { name: member.displayName, provider: link.provider }
  const unlink = useUnlinkMember(member.id, () => notify(t('unlinked', names)))
  const askToUnlink = async () => {
    const sure = await confirm({
      title: t('unlinkTitle', names),
      body: t('unlinkBody', names),
      confirmLabel: t('unlink'),
      danger: true,
    })
    if (sure) unlink.mutate(link.providerId)
  }
  return (
    <li className="flex items-start gap-3 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 grow">
        <p className="font-strong wrap-anywhere">{link.provider}</p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          <span>{t('since', { date: date(link.linkedAt) })}</span>
          {link.lastUsedAt && (
            <span>
              {t('used')} <RelativeTime at={link.lastUsedAt} />
            </span>
          )}
        </p>
      </div>
      <Button
        size="small"
        aria-label={t('unlinkNamed', names)}
        pending={unlink.isPending}
        onClick={() => void askToUnlink()}
      >
        {t('unlink')}
      </Button>
    </li>
  )
}
