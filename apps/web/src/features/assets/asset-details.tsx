import type { AssetView } from '@sparkle/shared/assets'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { SideSheet } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Picture } from '../../components/picture.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { useFormats } from '../../lib/format.ts'
import { AssetStatus, useRejectionText } from './asset-status.tsx'

interface AssetDetailsProps {
  asset: AssetView
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A quick look: the picture large, and its facts. */
export function AssetDetails({ asset, open, onOpenChange }: AssetDetailsProps) {
  const t = useTranslations('assets')
  const { size } = useFormats()
  const reasonOf = useRejectionText()
  const { assetType, metadata, urls } = asset
  const { width, height, frames, colors } = metadata
  const sprite = assetType === 'sprite'
  return (
    <SideSheet open={open} onOpenChange={onOpenChange} title={asset.filename}>
      <Picture
        src={sprite ? urls.sheet : urls.web}
        previewSrc={sprite ? undefined : urls.thumb}
        alt={asset.filename}
        kind={sprite ? 'sprite' : 'photo'}
        ratio={!sprite && width && height ? Math.max(0.7, width / height) : 1}
        className="w-full"
      />
      {asset.processingStatus === 'rejected' && (
        <Notice tone="bad" className="mt-3">
          {reasonOf(asset.rejectionReason)}
        </Notice>
      )}
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <Fact name={t('details.type')}>
          <span className="mr-3">{t(`type.${assetType}`)}</span>
          <AssetStatus asset={asset} />
        </Fact>
        {width !== undefined && height !== undefined && (
          <Fact name={t('details.pixels')}>
            {t('pixels', { width, height })}
            {frames !== undefined && <span className="text-muted"> · {t('frames', { count: frames })}</span>}
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
    </SideSheet>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
