import type { MessageSide } from '@sparkle/shared/conversations'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ArrowDown } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { cn } from '../../lib/cn.ts'
import { useRoom } from '../../lib/live.tsx'
import { messageQueries, useMarkRead } from './api.ts'
import { Composer } from './composer.tsx'
import { MessageThread } from './message-thread.tsx'
import { useInSight } from './use-online.ts'
import { useTyping } from './use-typing.ts'

/** So near to its end, in pixels, the newest message is in sight. */
const nearEnd = 80

interface ConversationProps {
  project: { id: string; petName: string }
  /** Whose page this is. */
  side: MessageSide
  mayWrite: boolean
  className?: string
}

/** The conversation of a project: what was written, who writes right now, and where one answers. */
export function Conversation({ project, side, mayWrite, className }: ConversationProps) {
  const t = useTranslations('conversation')
  const messages = useInfiniteQuery(messageQueries.conversation(project.id))
  const unread = useQuery(messageQueries.unread(project.id)).data
  const typing = useTyping(project.id)
  const [atEnd, setAtEnd] = useState(true)
  const pane = useRef<HTMLDivElement>(null)
  useRoom(`project:${project.id}`)
  const newest = messages.data?.pages[0]?.items[0]?.number ?? 0
  useReading(project.id, atEnd ? newest : 0, unread?.count ?? 0)

  const toEnd = () => pane.current?.scrollTo({ top: 0 })
  return (
    <section
      data-conversation
      aria-label={t('label', { pet: project.petName })}
      className={cn(
        // What is brought into sight is not under the bars: at the top of every page, and on a phone at its end.
        'flex h-[clamp(26rem,70dvh,46rem)] scroll-mt-18 scroll-mb-[calc(5rem+env(safe-area-inset-bottom))] flex-col rounded-box border border-line bg-canvas',
        className,
      )}
    >
      <div className="relative min-h-0 grow">
        {/* Laid out from its end, the pane stays where it is while older messages come in above. */}
        <div
          ref={pane}
          role="log"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
          tabIndex={0}
          aria-label={t('label', { pet: project.petName })}
          onScroll={({ currentTarget }) => setAtEnd(currentTarget.scrollTop > -nearEnd)}
          className="flex h-full flex-col-reverse overflow-y-auto overscroll-contain py-3 focus-visible:-outline-offset-2"
        >
          {messages.data ? (
            <MessageThread project={project} side={side} messages={messages} unread={unread} />
          ) : (
            <div className="p-4">
              {messages.error ? (
                <ErrorState error={messages.error} onRetry={() => void messages.refetch()} />
              ) : (
                <SkeletonList rows={4} className="h-14" />
              )}
            </div>
          )}
        </div>
        {!atEnd && (
          <Button
            size="small"
            icon={<ArrowDown />}
            onClick={toEnd}
            className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-lift"
          >
            {unread && unread.count > 0 ? t('toNewestUnread', { count: unread.count }) : t('toNewest')}
          </Button>
        )}
      </div>
      <p role="status" className="min-h-5 px-4 text-small text-muted">
        {typing.length > 0 && t('typing', { count: typing.length, first: typing[0] ?? '', second: typing[1] ?? '' })}
      </p>
      {mayWrite && <Composer projectId={project.id} side={side} onSent={toEnd} />}
    </section>
  )
}

/** Notes that everything up to `upTo` was read, once somebody can have done so. */
function useReading(projectId: string, upTo: number, unread: number): void {
  const inSight = useInSight()
  const { mutate } = useMarkRead(projectId)
  const note = useEffectEvent(() => mutate(upTo))
  useEffect(() => {
    if (inSight && upTo > 0 && unread > 0) note()
  }, [inSight, upTo, unread])
}
