import type { BuildView, TemplateView } from '@sparkle/shared/builds'
import type { ProjectView } from '@sparkle/shared/projects'
import type { ApprovalView } from '@sparkle/shared/reviews'
import type { UrlView } from '@sparkle/shared/urls'
import { useInfiniteQuery } from '@tanstack/react-query'
import { CalendarPlus, Ellipsis, ExternalLink, History, Pencil, QrCode, Rocket, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { useNow, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { notify } from '../../components/toast.tsx'
import { useDownload } from '../../lib/download.ts'
import { apiUrl } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { withoutScheme } from '../../lib/without-scheme.ts'
import { addressActions } from './address-actions.ts'
import { urlQueries, useDeleteUrl, useRollBackUrl } from './api.ts'
import { DeployDialog } from './deploy-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { RollBackDialog } from './roll-back-dialog.tsx'
import { SearchSwitch } from './search-switch.tsx'
import { TermNotice } from './term-notice.tsx'
import { Expiry, UrlStatusMark } from './url-status.tsx'
import { useAskToRenew } from './use-ask-to-renew.ts'

interface AddressCardProps {
  url: UrlView
  project: Pick<ProjectView, 'deletedAt' | 'packageType'>
  /** Passed builds of the project, newest first. */
  builds: readonly BuildView[]
  /** Name the games, their worlds and features. */
  templates: readonly TemplateView[]
  /** What a deploy is decided on; null until it is known. */
  approval: ApprovalView | null
  deployOpen: boolean
  onDeployOpenChange: (open: boolean) => void
}

/** One address: where it leads, what is live there, and what can be done with it. */
export function AddressCard({
  url,
  project,
  builds,
  templates,
  approval,
  deployOpen,
  onDeployOpenChange,
}: AddressCardProps) {
  const t = useTranslations('urls')
  const history = useInfiniteQuery({ ...urlQueries.deployments(url.id), enabled: url.deployedAt !== null })
  const items = history.data?.pages.flatMap((page) => page.items)
  const now = useNow({ updateInterval: 60_000 })
  const can = addressActions(url, project, items ? { items, hasMore: history.hasNextPage } : null, now)
  const mayDeploy = useCan('urls:deploy', { projectId: url.projectId }) && can.deploy
  const mayOverride = useCan('studio:update')
  const lacksApproval = approval?.required === true && approval.approved === null
  const offersDeploy = mayDeploy && approval !== null && (!lacksApproval || mayOverride)
  const mayUpdate = useCan('urls:update', { projectId: url.projectId })
  const live = builds.find(({ id }) => id === url.liveBuildId)
  return (
    <Card>
      <TermNotice url={url} renewal={can.renew} />
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
        <img
          src={apiUrl(`/urls/${url.id}/qr.svg`)}
          alt={t('card.qr', { slug: url.slug })}
          className="size-28 shrink-0 self-center rounded-box border border-line bg-[white] sm:self-start"
        />
        <div className="min-w-0 grow">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="min-w-0 text-large font-strong break-all">{withoutScheme(url.fullUrl)}</h2>
            <CopyButton text={url.fullUrl} label={t('card.copy')} />
            <UrlStatusMark status={url.status} pill />
          </div>
          <p className="mt-1 text-muted">
            {live ? t('card.live', { number: live.number }) : url.liveBuildId ? t('card.liveOther') : t('card.notLive')}
          </p>
          <p className="text-muted">
            <Expiry url={url} />
          </p>
          <div className="mt-4 flex flex-wrap items-center gap-2">
            {offersDeploy && (
              <Button
                look={url.liveBuildId ? 'secondary' : 'primary'}
                icon={<Rocket />}
                disabled={builds.length === 0}
                onClick={() => onDeployOpenChange(true)}
              >
                {url.liveBuildId ? t('card.deployAnother') : t('card.deploy')}
              </Button>
            )}
            {url.status === 'active' && (
              <Button asChild>
                <a href={url.fullUrl} target="_blank" rel="noreferrer">
                  <ExternalLink aria-hidden="true" />
                  {t('card.open')}
                </a>
              </Button>
            )}
            <AddressMenu url={url} can={can} approved={approval?.approved ?? null} />
          </div>
          {mayDeploy && (lacksApproval || builds.length === 0) && (
            <p className="mt-2 text-small text-muted">
              {builds.length === 0
                ? t('card.noBuild')
                : t.rich('card.needsApproval', {
                    review: (words) => (
                      <Link to={`/projects/${url.projectId}/review`} className="underline underline-offset-3">
                        {words}
                      </Link>
                    ),
                  })}
            </p>
          )}
        </div>
      </div>
      {mayUpdate && url.status !== 'deleted' && (
        <div className="mt-4 border-t border-line pt-4">
          <SearchSwitch url={url} />
        </div>
      )}
      <DeployDialog
        url={url}
        builds={builds}
        templates={templates}
        approval={approval}
        open={deployOpen && offersDeploy}
        onOpenChange={onDeployOpenChange}
      />
    </Card>
  )
}

interface AddressMenuProps {
  url: UrlView
  can: ReturnType<typeof addressActions>
  approved: ApprovalView['approved']
}

function AddressMenu({ url, can, approved }: AddressMenuProps) {
  const t = useTranslations('urls')
  const textOf = useProblemText()
  const confirm = useConfirm()
  const renew = useAskToRenew(url)
  const remove = useDeleteUrl(({ slug }) => notify(t('remove.done', { slug })))
  const mayOverride = useCan('studio:update')
  const [givingReason, setGivingReason] = useState(false)
  const rollBack = useRollBackUrl(
    url,
    () => notify(t('rollback.done')),
    (error) => {
      if (mayOverride && isProblem(error, 'url.approval_required')) setGivingReason(true)
      else notify(textOf(error), { tone: 'bad' })
    },
  )
  const [renaming, setRenaming] = useState(false)
  const download = useDownload()
  const saveCode = (kind: 'svg' | 'png') =>
    download.mutate({ path: `/urls/${url.id}/qr.${kind}`, name: `${url.slug}.${kind}` })
  const mayUpdate = useCan('urls:update', { projectId: url.projectId })
  const mayDelete = useCan('urls:delete', { projectId: url.projectId })
  const mayRollBack = useCan('urls:deploy', { projectId: url.projectId }) && can.rollBack

  const askToDelete = async () => {
    const yes = await confirm({
      title: t('remove.title', { slug: url.slug }),
      body: url.deployedAt ? t('remove.bodyLive') : t('remove.body'),
      confirmLabel: t('remove.action'),
      danger: true,
    })
    if (yes) remove.mutate(url)
  }
  const askToRollBack = async () => {
    const yes = await confirm({
      title: t('rollback.title'),
      body: t('rollback.body'),
      confirmLabel: t('rollback.action'),
    })
    if (yes) rollBack.mutate({})
  }
  const { renew: renewal } = can
  return (
    <>
      <Menu trigger={<IconButton bare label={t('card.more', { slug: url.slug })} icon={<Ellipsis />} />}>
        <MenuItem icon={<QrCode />} onSelect={() => saveCode('svg')}>
          {t('card.qrSvg')}
        </MenuItem>
        <MenuItem icon={<QrCode />} onSelect={() => saveCode('png')}>
          {t('card.qrPng')}
        </MenuItem>
        {(mayRollBack || (mayUpdate && (can.rename || renewal)) || mayDelete) && <MenuSeparator />}
        {mayRollBack && (
          <MenuItem icon={<History />} onSelect={() => void askToRollBack()}>
            {t('rollback.action')}
          </MenuItem>
        )}
        {mayUpdate && (
          <>
            {can.rename && (
              <MenuItem icon={<Pencil />} onSelect={() => setRenaming(true)}>
                {t('rename.action')}
              </MenuItem>
            )}
            {renewal && (
              <MenuItem icon={<CalendarPlus />} onSelect={() => void renew.ask(renewal)}>
                {t('renew.action')}
              </MenuItem>
            )}
          </>
        )}
        {mayDelete && (
          <>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} onSelect={() => void askToDelete()}>
              {t('remove.action')}
            </MenuItem>
          </>
        )}
      </Menu>
      <RenameDialog url={url} open={renaming} onOpenChange={setRenaming} />
      <RollBackDialog url={url} approved={approved} open={givingReason} onOpenChange={setGivingReason} />
    </>
  )
}
