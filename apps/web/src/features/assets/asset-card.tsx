import { retryableReasons, type AssetUsage, type AssetItem } from '@sparkle/shared/assets'
import { Download, Ellipsis, PencilLine, RotateCw, Trash2, WandSparkles } from 'lucide-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { notify } from '../../components/toast.tsx'
import { useDownload } from '../../lib/download.ts'
import { useCan } from '../../lib/session.tsx'
import { spriteToolPath } from '../../lib/sprite-path.ts'
import { useDeleteAsset, useProcessAsset, usageQuery } from './api.ts'
import { AssetPicture } from './asset-picture.tsx'
import { AssetStatus, useRejectionText } from './asset-status.tsx'
import { DeleteWarning } from './asset-usage.tsx'

interface AssetCardProps {
  asset: AssetItem
  /** Under the name, where cards of several projects stand together: a link to its own. */
  project?: { id: string; name: string }
  /** What the project allows; the person's role decides besides. */
  mayChange: boolean
  onOpen: () => void
  onRename: () => void
}

/** One asset of the grid: its picture, its state, and what can be done with it. */
export function AssetCard({ asset, project, mayChange, onOpen, onRename }: AssetCardProps) {
  const t = useTranslations('assets')
  const reasonOf = useRejectionText()
  const mayCreate = useCan('assets:create') && mayChange
  const { id, projectId, assetType, filename, processingStatus } = asset
  const ready = processingStatus === 'ready'
  return (
    <article className="group flex min-w-0 flex-col rounded-box border border-line bg-surface">
      <button
        type="button"
        aria-label={t('open', { name: filename })}
        onClick={onOpen}
        className="rounded-t-(--radius) focus-visible:outline-offset-0"
      >
        <AssetPicture asset={asset} className="rounded-b-none!" />
      </button>
      <div className="flex grow flex-col gap-1 p-3 pt-2">
        <div className="flex items-center gap-1">
          <p className="min-w-0 grow truncate font-strong" title={filename}>
            {filename}
          </p>
          <AssetMenu asset={asset} mayChange={mayChange} onRename={onRename} />
        </div>
        {project && (
          <Link
            to={`/projects/${project.id}/assets`}
            className="truncate rounded-[4px] text-small text-muted hover:text-ink hover:underline"
          >
            {project.name}
          </Link>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-muted">
          {t(`type.${assetType}`)}
          {!ready && <AssetStatus asset={asset} />}
        </div>
        {processingStatus === 'rejected' && <p className="text-small text-bad">{reasonOf(asset.rejectionReason)}</p>}
        {ready && assetType === 'photo' && mayCreate && (
          <Button asChild size="small" className="mt-1.5">
            <Link to={spriteToolPath(projectId, id)}>
              <WandSparkles aria-hidden="true" />
              {t('makeSprite')}
            </Link>
          </Button>
        )}
      </div>
    </article>
  )
}

function AssetMenu({ asset, mayChange, onRename }: Omit<AssetCardProps, 'project' | 'onOpen'>) {
  const t = useTranslations('assets')
  const navigate = useNavigate()
  const confirm = useConfirm()
  const client = useQueryClient()
  const process = useProcessAsset()
  const download = useDownload()
  const mayUpdate = useCan('assets:update') && mayChange
  const mayDelete = useCan('assets:delete') && mayChange
  const mayCreate = useCan('assets:create') && mayChange
  const { id, projectId, filename: name, processingStatus, rejectionReason, sourceAssetId } = asset
  const canProcess = rejectionReason !== null && (retryableReasons.includes(rejectionReason) || sourceAssetId !== null)
  const remove = useDeleteAsset(() => notify(t('deleted', { name })))

  const askToDelete = async (usage: AssetUsage) => {
    const yes = await confirm({
      title: t('deleteTitle', { name }),
      body: <DeleteWarning usage={usage} />,
      confirmLabel: t('delete'),
      danger: true,
    })
    if (yes) remove.mutate(asset)
  }
  // Asked before the question is put: what an asset is used for is what deleting it is about.
  const findUsage = useMutation({
    mutationFn: () => client.fetchQuery({ ...usageQuery(id), staleTime: 0 }),
    onSuccess: (usage) => void askToDelete(usage),
  })
  const processAgain = () => process.mutate(asset, { onSuccess: () => notify(t('processAsked', { name })) })
  return (
    <Menu
      align="end"
      trigger={<IconButton size="small" bare label={t('actions', { name })} icon={<Ellipsis />} className="-mr-1.5" />}
    >
      {sourceAssetId && mayCreate && (
        <MenuItem icon={<WandSparkles />} onSelect={() => void navigate(spriteToolPath(projectId, sourceAssetId, id))}>
          {t('editSprite')}
        </MenuItem>
      )}
      {processingStatus === 'ready' && (
        <MenuItem icon={<Download />} onSelect={() => download.mutate({ path: `/assets/${id}/content` })}>
          {t('download')}
        </MenuItem>
      )}
      {mayUpdate && (
        <MenuItem icon={<PencilLine />} onSelect={onRename}>
          {t('rename')}
        </MenuItem>
      )}
      {mayUpdate && canProcess && (
        <MenuItem icon={<RotateCw />} onSelect={processAgain}>
          {t('process')}
        </MenuItem>
      )}
      {mayDelete && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger onSelect={() => findUsage.mutate()}>
            {t('delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
