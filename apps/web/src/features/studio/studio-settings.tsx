import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useCan } from '../../lib/session.tsx'
import { studioQuery } from './api.ts'
import { DangerZone } from './danger-zone.tsx'
import { OrderPageCard } from './order-page-card.tsx'
import type { StudioLook } from './order-page-words.tsx'
import { StudioForm } from './studio-form.tsx'

/** `drawFace` draws the head of the order page for the preview. */
export function StudioSettings({ drawFace }: { drawFace: (look: StudioLook) => ReactNode }) {
  const studio = useQuery(studioQuery)
  const mayDelete = useCan('studio:delete')
  if (studio.isPending) return <SkeletonList rows={3} className="h-32" />
  if (studio.isLoadingError) return <ErrorState error={studio.error} onRetry={() => void studio.refetch()} />
  return (
    <div className="flex flex-col gap-4">
      <OrderPageCard url={studio.data.orderPageUrl} slug={studio.data.slug} />
      <StudioForm studio={studio.data} drawFace={drawFace} />
      {mayDelete && <DangerZone studio={studio.data} />}
    </div>
  )
}
