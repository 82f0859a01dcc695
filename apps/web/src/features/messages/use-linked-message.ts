import { useEffect, useState } from 'react'
import { useLocation } from 'react-router-dom'

const litMs = 3000

interface Pages {
  /** How many messages are there by now: a page more is a reason to look again. */
  count: number
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** Brings the whole conversation into sight, or where it is taller than the window, at least the field to answer in. */
function showAround(message: Element): void {
  const conversation = message.closest('[data-conversation]')
  for (const part of [conversation, conversation?.querySelector('form')]) part?.scrollIntoView({ block: 'nearest' })
}

/**
 * Leads to the message that the address names (`#message-<id>`), through as many earlier pages as it takes. Answers the
 * one to be shown as found, for a moment.
 */
export function useLinkedMessage({ count, hasNextPage, isFetchingNextPage, fetchNextPage }: Pages): string | null {
  const { hash, key } = useLocation()
  const wanted = hash.startsWith('#message-') ? hash.slice('#message-'.length) : null
  const [found, setFound] = useState<{ key: string; id: string } | null>(null)
  const [lit, setLit] = useState(false)
  const done = found?.key === key

  useEffect(() => {
    if (!wanted || done || count === 0) return
    // Once what has come is laid out.
    const frame = requestAnimationFrame(() => {
      const element = document.getElementById(`message-${wanted}`)
      if (element) {
        element.scrollIntoView({ block: 'center' })
        showAround(element)
        element.focus({ preventScroll: true })
        setFound({ key, id: wanted })
        setLit(true)
      } else if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted, done, key, count, hasNextPage, isFetchingNextPage, fetchNextPage])

  useEffect(() => {
    if (!lit) return
    const timer = setTimeout(() => setLit(false), litMs)
    return () => clearTimeout(timer)
  }, [lit])
  return lit && done ? found.id : null
}
