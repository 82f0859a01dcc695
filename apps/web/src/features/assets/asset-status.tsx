import type { AssetItem, ProcessingStatus } from '@sparkle/shared/assets'
import { useTranslations } from 'use-intl'
import { Spinner } from '../../components/spinner.tsx'
import { StatusText, type Tone } from '../../components/status.tsx'

const tones: Record<ProcessingStatus, Tone> = { pending: 'neutral', processing: 'info', ready: 'ok', rejected: 'bad' }

/** Where an asset stands; while it is being worked on it says so live. */
export function AssetStatus({ asset }: { asset: Pick<AssetItem, 'processingStatus' | 'assetType'> }) {
  const t = useTranslations('assets')
  const { processingStatus: status, assetType } = asset
  const busy = status === 'processing' || status === 'pending'
  return (
    <StatusText tone={tones[status]} icon={busy ? <Spinner /> : undefined} className="text-small">
      {busy && assetType === 'sprite' ? t('drawing') : t(`status.${status}`)}
    </StatusText>
  )
}

/** Why a file was refused, and what to do about it. */
export function useRejectionText(): (reason: AssetItem['rejectionReason']) => string {
  const t = useTranslations('assets.reason')
  return (reason) => t(reason ?? 'other')
}
