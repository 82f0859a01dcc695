import { useTranslations } from 'use-intl'
import { Skeleton } from '../../components/skeleton.tsx'

/** About what a card measures; the grid corrects itself once it is there. */
export const cardHeight = 290

/** The grid while its first page is on its way. */
export function LoadingCards() {
  const t = useTranslations('common')
  return (
    <div role="status" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={index} className="aspect-[4/5]" />
      ))}
    </div>
  )
}
