import type { AssetItem } from '@sparkle/shared/assets'
import { AudioLines, Braces } from 'lucide-react'
import { Picture } from '../../components/picture.tsx'
import { cn } from '../../lib/cn.ts'

type Pictured = Pick<AssetItem, 'assetType' | 'urls' | 'focalPoint' | 'processingStatus'>

const icons = { sound: AudioLines, config: Braces }

/** An asset as a square: its picture, cut so that its focal point shows, or a sign where it is none. */
export function AssetPicture({ asset, className }: { asset: Pictured; className?: string }) {
  const { assetType, urls, focalPoint } = asset
  if (assetType === 'sound' || assetType === 'config') {
    const Icon = icons[assetType]
    return (
      <span
        className={cn('flex aspect-square items-center justify-center rounded-box bg-sunken text-faint', className)}
      >
        <Icon className="size-10" strokeWidth={1.5} aria-hidden="true" />
      </span>
    )
  }
  const sprite = assetType === 'sprite'
  return (
    <Picture
      src={sprite ? (urls.still ?? urls.thumb) : urls.thumb}
      alt=""
      kind={sprite ? 'sprite' : 'photo'}
      focus={focalPoint}
      className={className}
    />
  )
}
