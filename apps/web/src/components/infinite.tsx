import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'

interface LoadMoreProps {
  /** From `useInfiniteQuery`. */
  hasNextPage: boolean
  isFetchingNextPage: boolean
  /** The last try failed: the next one is a person's, or a list in sight would ask without end. */
  isFetchNextPageError?: boolean
  fetchNextPage: () => unknown
}

/** The end of a list: loads on when it comes near, and is a button for those who do not scroll. */
export function LoadMore({ hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage }: LoadMoreProps) {
  const t = useTranslations('common')
  const end = useRef<HTMLDivElement>(null)
  const fetchNext = useEffectEvent(fetchNextPage)

  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || isFetchNextPageError || !end.current) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNext(), {
      rootMargin: '400px',
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError])

  if (!hasNextPage) return null
  return (
    <div ref={end} className="flex justify-center py-4">
      <Button look="quiet" pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t('loadMore')}
      </Button>
    </div>
  )
}
