import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { orderQueries } from '../../features/orders/api.ts'
import { Tracking } from '../../features/orders/tracking.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { isProblem } from '../../lib/problem.ts'

export function TrackingPage() {
  const t = useTranslations('orders.track')
  const { token = '' } = useParams()
  const order = useQuery(orderQueries.tracking(token))
  useDocumentTitle(order.data ? t('title', { name: order.data.petName }) : t('steps'))
  if (order.isPending) return <SkeletonList rows={5} />
  // What is on the page stays there while the network is away: the next try comes by itself.
  if (order.data) return <Tracking order={order.data} token={token} />
  if (isProblem(order.error) && (order.error.status === 404 || order.error.status === 422))
    return <EmptyState heading="h1" scene="search" title={t('gone')} body={t('goneBody')} />
  return <ErrorState error={order.error} onRetry={() => void order.refetch()} />
}
