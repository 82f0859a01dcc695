import type { AssetItem } from '@sparkle/shared/assets'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { SideSheet } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Picture } from '../../components/picture.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { useFormats } from '../../lib/format.ts'
import { useCan } from '../../lib/session.tsx'
import { AssetStatus, useRejectionText } from './asset-status.tsx'
import { UsedBy } from './asset-usage.tsx'
import { AssetVersions } from './asset-versions.tsx'
import { FocalPicture } from './focal-picture.tsx'

interface AssetDetailsProps {
  asset: AssetItem
  /** What the project allows; the person's role decides besides. */
  mayChange: boolean
  onClose: () => void
}

/** An asset large, with its facts, its versions and everything that was made with it. */
export function AssetDetails({ asset, mayChange, onClose }: AssetDetailsProps) {
  const t = useTranslations('assets')
  const reasonOf = useRejectionText()
  const mayUpdate = useCan('assets:update') && mayChange
  const ready = asset.processingStatus === 'ready'
  return (
    <SideSheet open onOpenChange={(open) => open || onClose()} title={asset.filename}>
      <Large asset={asset} mayChange={mayUpdate && ready} />
      {asset.processingStatus === 'rejected' && (
        <Notice tone="bad" className="mt-3">
          {reasonOf(asset.rejectionReason)}
        </Notice>
      )}
      <Facts asset={asset} />
      {ready && (
        <>
          <Section title={t('usage.title')}>
            <UsedBy assetId={asset.id} projectId={asset.projectId} />
          </Section>
          <Section title={t('versions.title')}>
            <AssetVersions asset={asset} mayChange={mayUpdate} />
          </Section>
        </>
      )}
    </SideSheet>
  )
}

/** The asset itself: seen or heard. */
function Large({ asset, mayChange }: { asset: AssetItem; mayChange: boolean }) {
  const { assetType, urls, filename, processingStatus } = asset
  if (assetType === 'config') return null
  if (assetType === 'sound') {
    return urls.original ? (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- a game's sounds have no words to write down
      <audio controls preload="metadata" src={urls.original} aria-label={filename} className="w-full" />
    ) : null
  }
  if (assetType === 'sprite' || processingStatus !== 'ready')
    return <Picture src={urls.sheet ?? urls.web} alt={filename} kind="sprite" className="w-full" />
  return <FocalPicture asset={asset} mayChange={mayChange} />
}

function Facts({ asset }: { asset: AssetItem }) {
  const t = useTranslations('assets')
  const { size } = useFormats()
  const { width, height, frames, colors, durationSeconds, bitrateKbps } = asset.metadata
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      <Fact name={t('details.type')}>
        <span className="mr-3">{t(`type.${asset.assetType}`)}</span>
        <AssetStatus asset={asset} />
      </Fact>
      {width !== undefined && height !== undefined && (
        <Fact name={t('details.pixels')}>
          {t('pixels', { width, height })}
          {frames !== undefined && <span className="text-muted"> · {t('frames', { count: frames })}</span>}
        </Fact>
      )}
      {durationSeconds !== undefined && (
        <Fact name={t('details.duration')}>
          {t('duration', { seconds: durationSeconds })}
          {bitrateKbps !== undefined && <span className="text-muted"> · {t('bitrate', { kbps: bitrateKbps })}</span>}
        </Fact>
      )}
      {colors && colors.length > 0 && (
        <Fact name={t('details.colors')}>
          <span className="flex flex-wrap gap-1">
            {colors.map((color) => (
              <span
                key={color}
                title={color}
                className="size-4 rounded-[4px] border border-line"
                style={{ background: color }}
              />
            ))}
          </span>
        </Fact>
      )}
      <Fact name={t('details.size')}>{size(asset.fileSize)}</Fact>
      <Fact name={t('details.original')}>{asset.originalFilename}</Fact>
      <Fact name={t('details.added')}>
        <RelativeTime at={asset.uploadedAt} />
      </Fact>
    </dl>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5 border-t border-line pt-4">
      <h3 className="mb-2 font-strong">{title}</h3>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
