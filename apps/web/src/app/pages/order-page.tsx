import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { orderQueries } from '../../features/orders/api.ts'
import { useKnownCustomer } from '../../features/orders/known-customer.ts'
import { OrderFlow } from '../../features/orders/order-flow.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { isProblem } from '../../lib/problem.ts'

export function OrderPage() {
  const t = useTranslations('orders.page')
  const { slug = '' } = useParams()
  const studio = useQuery(orderQueries.studio(slug))
  const { pending, customer } = useKnownCustomer(studio.data?.slug ?? slug)
  useDocumentTitle(studio.data ? t('title', { studio: studio.data.name }) : t('headline'))
  if (studio.isPending || pending) return <SkeletonList rows={4} className="h-24" />
  if (isProblem(studio.error) && studio.error.status === 404)
    return <EmptyState heading="h1" scene="search" title={t('gone')} body={t('goneBody')} />
  if (studio.isLoadingError) return <ErrorState error={studio.error} onRetry={() => void studio.refetch()} />
  return <OrderFlow key={studio.data.slug} studio={studio.data} customer={customer} />
}
