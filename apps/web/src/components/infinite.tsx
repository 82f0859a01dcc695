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

const nearby = { rootMargin: '400px' }

/** The end of a list: loads on when it comes near, and is a button for those who do not scroll. */
export function LoadMore({ hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage }: LoadMoreProps) {
  const t = useTranslations('common')
  const end = useRef<HTMLDivElement>(null)
  const fetchNext = useEffectEvent(fetchNextPage)

  useEffect(() => {
    const place = end.current
    if (!hasNextPage || isFetchNextPageError || !place) return
    let gone = false
    const observer = new IntersectionObserver((entries) => {
      // Several changes may come at once, oldest first.
      if (entries.at(-1)?.isIntersecting) void load()
    }, nearby)
    const load = async () => {
      observer.unobserve(place)
      await fetchNext()
      // Looks anew: a page whose fetch was broken off leaves the end in sight, and no change would ever be told.
      if (!gone) observer.observe(place)
    }
    observer.observe(place)
    return () => {
      gone = true
      observer.disconnect()
    }
  }, [hasNextPage, isFetchNextPageError])

  if (!hasNextPage) return null
  return (
    <div ref={end} className="flex justify-center py-4">
      <Button look="quiet" pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t('loadMore')}
      </Button>
    </div>
  )
}
