import type { AssetType } from '@sparkle/shared/assets'
import { useQueries } from '@tanstack/react-query'
import { Ban } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { Picture } from '../../components/picture.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { http } from '../../lib/http.ts'
import { assetQueries } from './api.ts'
import type { AssetView } from '@sparkle/shared/assets'

interface AssetPickerProps {
  projectId: string
  /** The kinds that fit, as a template's slot names them. */
  accepts: readonly AssetType[]
  value: string | null
  onValueChange: (assetId: string | null) => void
  /** What is chosen here: "Pet". */
  label: string
  /** Offers to leave the slot empty. */
  optional?: boolean
}

const nothing = 'none'

/** One of a project's ready assets, as a row of pictures; the arrow keys move between them. */
export function AssetPicker({ projectId, accepts, value, onValueChange, label, optional }: AssetPickerProps) {
  const t = useTranslations('assets.picker')
  const lists = useQueries({
    queries: accepts.map((assetType) => ({
      queryKey: [...assetQueries.all, 'picker', projectId, assetType],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        http.get<{ items: AssetView[] }>(`/projects/${projectId}/assets`, { query: { assetType, limit: 100 }, signal }),
    })),
  })
  const failed = lists.find(({ isError }) => isError)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (lists.some(({ isPending }) => isPending)) return <Skeleton className="h-24" />
  const items = lists
    .flatMap(({ data }) => data?.items ?? [])
    .filter(({ processingStatus }) => processingStatus === 'ready')
  if (items.length === 0) {
    return (
      <p className="rounded-box border border-dashed border-edge px-3 py-4 text-center text-muted">
        <span className="block font-strong text-ink">{t('none')}</span>
        {t('noneBody')}
      </p>
    )
  }
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value ?? nothing}
      onValueChange={(next) => onValueChange(next === nothing ? null : next)}
      className="grid grid-cols-[repeat(auto-fill,minmax(88px,1fr))] gap-2"
    >
      {optional && (
        <RadioGroup.Item value={nothing} className={choice}>
          <span className="flex aspect-square items-center justify-center text-faint">
            <Ban aria-hidden="true" className="size-5" />
          </span>
          <span className="block truncate px-2 py-1 text-small">{t('optional')}</span>
        </RadioGroup.Item>
      )}
      {items.map((asset) => (
        <RadioGroup.Item key={asset.id} value={asset.id} className={choice}>
          <Picture
            src={asset.assetType === 'sprite' ? asset.urls.still : asset.urls.thumb}
            alt=""
            kind={asset.assetType === 'sprite' ? 'sprite' : 'photo'}
            className="rounded-none!"
          />
          <span className="block truncate px-2 py-1 text-small">{asset.filename}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}

const choice =
  'min-w-0 overflow-hidden rounded-box border border-outline bg-surface text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:ring-1 data-[state=checked]:ring-accent'
