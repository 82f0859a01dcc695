import type { MessageList, MessageSide, UnreadCount } from '@sparkle/shared/conversations'
import { useQuery, type InfiniteData } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useFormatter, useNow, useTimeZone, useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { dayIn } from '../../lib/day.ts'
import { browserTimeZone } from '../../lib/i18n.tsx'
import { messageQueries } from './api.ts'
import { useMessageOutbox } from './message-outbox.tsx'
import { MessageBubble } from './message-bubble.tsx'
import { QueuedBubble } from './queued-bubble.tsx'
import { daysOf, goesOn, readersOf } from './thread.ts'
import { useLinkedMessage } from './use-linked-message.ts'
import { useOnline } from './use-online.ts'

interface MessageThreadProps {
  project: { id: string; petName: string }
  side: MessageSide
  /** From `useInfiniteQuery`, once it has something. */
  messages: {
    data: InfiniteData<MessageList>
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => unknown
  }
  unread: UnreadCount | undefined
}

/** What was written, by day, with what is still on its way at the end. */
export function MessageThread({ project, side, messages, unread }: MessageThreadProps) {
  const t = useTranslations('conversation')
  const zone = useTimeZone() ?? browserTimeZone
  const online = useOnline()
  const marks = useQuery(messageQueries.reads(project.id)).data?.items ?? []
  const outbox = useMessageOutbox(project.id)
  const queue = outbox.waiting
  const items = messages.data.pages.flatMap((page) => page.items)
  const marked = useLinkedMessage({ ...messages, count: items.length })
  // Where the new ones began when the page was opened: reading them does not move the line.
  const [firstNew, setFirstNew] = useState<number | null | undefined>()
  if (firstNew === undefined && unread) setFirstNew(unread.first)

  if (items.length === 0 && queue.length === 0)
    return (
      <EmptyState
        scene="spark"
        className="my-auto"
        title={side === 'studio' ? t('emptyStudioTitle') : t('emptyClientTitle')}
        body={side === 'studio' ? t('emptyStudioBody') : t('emptyClientBody', { pet: project.petName })}
      />
    )
  const readers = readersOf(items, marks, side)
  return (
    <div>
      <LoadMore {...messages} />
      {daysOf(items, (instant) => dayIn(zone, new Date(instant))).map(({ day, messages: ofDay }) => (
        <section key={day}>
          <DayLine day={day} zone={zone} />
          <ol>
            {ofDay.map((message, index) => (
              <Line key={message.id} isNew={message.number === firstNew}>
                <MessageBubble
                  message={message}
                  follows={message.number !== firstNew && goesOn(ofDay[index - 1], message)}
                  marked={marked === message.id}
                />
                {readers?.messageId === message.id && queue.length === 0 && (
                  <li className={message.author.mine ? 'px-4 pt-1 text-right' : 'px-4 pt-1 pl-14'}>
                    <span className="text-small text-muted">
                      {readers.names.length > 0 ? t('read', { names: readers.names.join(', ') }) : t('notRead')}
                    </span>
                  </li>
                )}
              </Line>
            ))}
          </ol>
        </section>
      ))}
      {queue.length > 0 && (
        <ol>
          {queue.map((message) => (
            <QueuedBubble key={message.key} message={message} outbox={outbox} offline={!online} />
          ))}
        </ol>
      )}
    </div>
  )
}

function Line({ isNew, children }: { isNew: boolean; children: ReactNode }) {
  const t = useTranslations('conversation')
  return (
    <>
      {isNew && (
        <li className="mx-4 mt-4 flex items-center gap-3 text-small font-strong text-accent-text">
          <span className="h-px grow bg-accent" />
          {t('newHere')}
          <span className="h-px grow bg-accent" />
        </li>
      )}
      {children}
    </>
  )
}

function DayLine({ day, zone }: { day: string; zone: string }) {
  const t = useTranslations('conversation')
  const format = useFormatter()
  const now = useNow({ updateInterval: 60_000 })
  const yesterday = new Date(now.getTime() - 86_400_000)
  const name =
    day === dayIn(zone, now)
      ? t('today')
      : day === dayIn(zone, yesterday)
        ? t('yesterday')
        : format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'full', timeZone: 'UTC' })
  return (
    <p className="sticky top-0 z-10 mx-auto my-3 w-fit rounded-box border border-line bg-surface px-3 py-1 text-small text-muted">
      {name}
    </p>
  )
}
