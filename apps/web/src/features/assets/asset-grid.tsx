import type { AssetItem } from '@sparkle/shared/assets'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { VirtualGrid } from '../../components/virtual-grid.tsx'
import { AssetCard } from './asset-card.tsx'
import { AssetDetails } from './asset-details.tsx'
import { cardHeight } from './loading-cards.tsx'
import { RenameDialog } from './rename-dialog.tsx'

interface AssetGridProps {
  /** With their projects where those of several stand together. */
  assets: readonly (AssetItem & { project?: { id: string; name: string } })[]
  /** What the project allows; the person's role decides besides. */
  mayChange: boolean
}

/** Assets as cards, and what is open over one of them, which outlives its card's moving about in the grid. */
export function AssetGrid({ assets, mayChange }: AssetGridProps) {
  const t = useTranslations('assets')
  const [openId, setOpenId] = useState<string | null>(null)
  const [renamed, setRenamed] = useState<AssetItem | null>(null)
  const open = assets.find(({ id }) => id === openId)
  return (
    <>
      <VirtualGrid label={t('title')} items={assets} itemId={({ id }) => id} estimatedHeight={cardHeight}>
        {(asset) => (
          <AssetCard
            asset={asset}
            project={asset.project}
            mayChange={mayChange}
            onOpen={() => setOpenId(asset.id)}
            onRename={() => setRenamed(asset)}
          />
        )}
      </VirtualGrid>
      {open && <AssetDetails key={open.id} asset={open} mayChange={mayChange} onClose={() => setOpenId(null)} />}
      {renamed && <RenameDialog asset={renamed} onClose={() => setRenamed(null)} />}
    </>
  )
}
