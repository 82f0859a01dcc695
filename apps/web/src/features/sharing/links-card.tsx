import type { GuestLinkView } from '@sparkle/shared/guest-links'
import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link2, Lock } from 'lucide-react'
import { useState } from 'react'
import { useNow, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { SideSheet } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge, StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { sharingQueries, useRevokeLink } from './api.ts'
import { LinkUses } from './link-uses.tsx'
import { ShareDialog } from './share-dialog.tsx'

/** Review links of a project, for those who may make them. */
export function LinksCard({ project, className }: { project: ProjectView; className?: string }) {
  const may = useCan('reviews:share', placeOf(project)) && !project.deletedAt
  return may ? <Links project={project} className={className} /> : null
}

function Links({ project, className }: { project: ProjectView; className?: string }) {
  const t = useTranslations('sharing.links')
  const list = useInfiniteQuery(sharingQueries.links(project.id))
  const [sharing, setSharing] = useState(false)
  const links = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card
      title={t('title')}
      className={className}
      action={
        <Button size="small" icon={<Link2 />} onClick={() => setSharing(true)}>
          {t('share')}
        </Button>
      }
    >
      {list.isPending && <SkeletonList rows={2} />}
      {list.isLoadingError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && links.length === 0 && <p className="text-muted">{t('empty')}</p>}
      {links.length > 0 && (
        <ul className="-my-2 divide-y divide-line">
          {links.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </ul>
      )}
      <LoadMore {...list} />
      <ShareDialog project={project} open={sharing} onOpenChange={setSharing} />
    </Card>
  )
}

const tones = { open: 'ok', expired: 'warn', revoked: 'neutral' } as const
const dayMs = 86_400_000

function LinkRow({ link }: { link: GuestLinkView }) {
  const t = useTranslations('sharing.links')
  const now = useNow({ updateInterval: 60_000 })
  const { label, scope, state, hasPassword, expiresAt, visits, lastUsedAt, createdAt, createdByName } = link
  const name = label || t('unnamed')
  const days = Math.max(0, Math.ceil((Date.parse(expiresAt) - now.getTime()) / dayMs))
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-40 grow basis-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-strong wrap-anywhere">{name}</span>
          <Badge>{t(`scope.${scope}`)}</Badge>
          {hasPassword && <Lock role="img" aria-label={t('hasPassword')} className="size-3.5 text-muted" />}
        </p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          <StatusText tone={tones[state]}>{t(`state.${state}`, { days })}</StatusText>
          <span>
            {t('made')} <RelativeTime at={createdAt} /> {createdByName && t('madeBy', { name: createdByName })}
          </span>
          {lastUsedAt ? (
            <span>
              {t('lastUsed')} <RelativeTime at={lastUsedAt} />
            </span>
          ) : (
            t('neverUsed')
          )}
        </p>
      </div>
      <div className="flex gap-2">
        {visits > 0 && (
          <SideSheet
            title={t('usesTitle', { name })}
            width="small"
            trigger={<Button size="small">{t('uses', { count: visits })}</Button>}
          >
            <LinkUses linkId={link.id} />
          </SideSheet>
        )}
        {state === 'open' && <Revoke link={link} name={name} />}
      </div>
    </li>
  )
}

function Revoke({ link, name }: { link: GuestLinkView; name: string }) {
  const t = useTranslations('sharing.links')
  const confirm = useConfirm()
  const revoke = useRevokeLink()
  const ask = async () => {
    const yes = await confirm({
      title: t('revokeTitle', { name }),
      body: t('revokeBody'),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (yes) revoke.mutate(link, { onSuccess: () => notify(t('revoked', { name })) })
  }
  return (
    <Button size="small" pending={revoke.isPending} aria-label={t('revokeNamed', { name })} onClick={() => void ask()}>
      {t('revoke')}
    </Button>
  )
}
