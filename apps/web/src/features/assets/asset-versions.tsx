import { acceptedTypes, type AssetVersionItem, type AssetItem } from '@sparkle/shared/assets'
import { maxFileBytes } from '@sparkle/shared/orders'
import { useQuery } from '@tanstack/react-query'
import { Columns2, History, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { FileList, fileItemOf } from '../../components/file-list.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { acceptOf } from '../../lib/file-types.ts'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useRestoreVersion, versionsQuery } from './api.ts'
import { AssetPicture } from './asset-picture.tsx'
import { AssetStatus, useRejectionText } from './asset-status.tsx'
import { CompareDialog } from './compare-dialog.tsx'
import { useProjectUploads } from './uploads.tsx'

interface AssetVersionsProps {
  asset: AssetItem
  mayChange: boolean
}

/** What an asset has been: look, compare with the present one, bring back; and a way to put a better file in its place. */
export function AssetVersions({ asset, mayChange }: AssetVersionsProps) {
  const t = useTranslations('assets.versions')
  const versions = useQuery(versionsQuery(asset.id))
  const [compared, setCompared] = useState<AssetVersionItem | null>(null)
  if (versions.isPending) return <Skeleton className="h-14" />
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
  const current = versions.data.find((version) => version.current)
  return (
    <>
      <ul aria-label={t('title')} className="divide-y divide-line">
        {versions.data.map((version) => (
          <VersionRow
            key={version.number}
            asset={asset}
            version={version}
            mayChange={mayChange}
            onCompare={current && !version.current ? () => setCompared(version) : undefined}
          />
        ))}
      </ul>
      {mayChange && asset.processingStatus === 'ready' && asset.sourceAssetId === null && <NewVersion asset={asset} />}
      {compared && current && <CompareDialog before={compared} after={current} onClose={() => setCompared(null)} />}
    </>
  )
}

interface VersionRowProps extends AssetVersionsProps {
  version: AssetVersionItem
  onCompare: (() => void) | undefined
}

function VersionRow({ asset, version, mayChange, onCompare }: VersionRowProps) {
  const t = useTranslations('assets.versions')
  const reasonOf = useRejectionText()
  const { size } = useFormats()
  const restore = useRestoreVersion()
  const { number, current, processingStatus, originalFilename, fileSize, uploadedAt, rejectionReason, urls } = version
  const ready = processingStatus === 'ready'
  const picture = { ...asset, urls, processingStatus }
  return (
    <li className="flex items-center gap-3 py-2">
      <AssetPicture asset={picture} className="size-10 shrink-0 rounded-[4px]! [&_svg]:size-5" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-strong">{t('number', { number })}</span>
          {current && <span className="text-small text-muted">{t('current')}</span>}
          {!ready && <AssetStatus asset={{ ...asset, processingStatus }} />}
        </p>
        <p className="truncate text-small text-muted">
          {asset.sourceAssetId ? '' : `${originalFilename} · ${size(fileSize)} · `}
          <RelativeTime at={uploadedAt} />
        </p>
        {processingStatus === 'rejected' && <p className="text-small text-bad">{reasonOf(rejectionReason)}</p>}
      </div>
      {ready && onCompare && (urls.web ?? urls.still) && (
        <IconButton size="small" label={t('compare', { number })} icon={<Columns2 />} onClick={onCompare} />
      )}
      {ready && !current && mayChange && (
        <IconButton
          size="small"
          label={t('restore', { number })}
          icon={<History />}
          disabled={restore.isPending}
          onClick={() => restore.mutate(version, { onSuccess: () => notify(t('restored', { number })) })}
        />
      )}
    </li>
  )
}

/** A file for the upload queue, which goes on while somebody looks at something else. */
function NewVersion({ asset }: { asset: AssetItem }) {
  const t = useTranslations('assets.versions')
  const common = useTranslations('common.dropzone')
  const { size } = useFormats()
  const textOf = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const { uploads, files } = useProjectUploads(asset.projectId)
  const { queue } = uploads
  const onTheirWay = files.filter(({ file }) => uploads.versionedBy(file)?.id === asset.id)
  const accept = acceptOf(acceptedTypes[asset.assetType])
  const take = (file: File | undefined) => {
    if (!file) return
    if (file.size > maxFileBytes)
      notify(common('tooLarge', { name: file.name, size: size(maxFileBytes) }), { tone: 'bad' })
    else uploads.addVersion(file, asset)
  }
  return (
    <div className="mt-2">
      {onTheirWay.length > 0 && (
        <FileList
          files={onTheirWay.map((file) => fileItemOf(file, textOf))}
          onRetry={queue.retry}
          onPause={queue.pause}
          onRemove={queue.remove}
        />
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={[...Object.keys(accept), ...Object.values(accept).flat()].join(',')}
        onChange={(event) => {
          take(event.target.files?.[0])
          // The same file may be chosen again after a failure.
          event.target.value = ''
        }}
      />
      <Button size="small" icon={<Upload />} className="mt-1" onClick={() => input.current?.click()}>
        {t('add')}
      </Button>
    </div>
  )
}
