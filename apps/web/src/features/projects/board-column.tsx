import { useDroppable } from '@dnd-kit/core'
import type { ProjectStatus, ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useId, useMemo, useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { LoadMore } from '../../components/infinite.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Button } from '../../components/button.tsx'
import { cn } from '../../lib/cn.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { projectQueries, type ProjectFilter } from './api.ts'
import { DraggableCard } from './board-card.tsx'
import { StatusIcon } from './marks.tsx'

interface BoardColumnProps {
  status: ProjectStatus
  filter: ProjectFilter
  /** Whether the carried card may be dropped here. */
  target: 'idle' | 'open' | 'closed'
  /** The carried card comes from here. */
  isHome: boolean
  /** Low, for what is set aside. */
  slim: boolean
  selected: ReadonlyMap<string, ProjectView>
}

const cardHeightPx = 126
const gapPx = 8

/** One status. Only the cards in sight are rendered, so that a column of thousands scrolls like one of ten. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const { status, filter, target, isHome, slim, selected } = props
  const t = useTranslations('projects')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const titleId = useId()
  const list = useInfiniteQuery(projectQueries.list(filter))
  const { setNodeRef, isOver } = useDroppable({ id: status, disabled: target === 'closed' && !isHome })
  const pages = list.data?.pages
  const projects = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  const total = pages?.[0]?.total ?? projects.length

  return (
    <section
      ref={setNodeRef}
      aria-labelledby={titleId}
      data-column={status}
      className={cn(
        'flex min-w-0 flex-col rounded-box border bg-sunken transition-[border-color,opacity,background-color] duration-(--calm)',
        slim ? 'min-h-14' : 'w-[82vw] max-w-80 shrink-0 snap-start lg:min-h-60 lg:w-auto lg:max-w-none',
        target === 'open' ? 'border-dashed border-accent' : 'border-line',
        target === 'open' && isOver && 'bg-accent-soft',
        target === 'closed' && !isHome && 'opacity-50',
      )}
    >
      <h3 id={titleId} className="flex items-center gap-2 px-3 pt-2.5 pb-2">
        <StatusIcon status={status} className="text-muted" />
        <span className="font-strong">{t(`status.${status}`)}</span>
        <span className="text-muted tabular-nums">{list.data ? total : ''}</span>
      </h3>
      {list.isError && (
        <Notice
          tone="bad"
          className="mx-2 mb-2"
          action={
            <Button size="small" onClick={() => void list.refetch()}>
              {common('retry')}
            </Button>
          }
        >
          {textOf(list.error)}
        </Notice>
      )}
      {list.isPending && (
        <div className="flex flex-col gap-2 px-2 pb-2">
          {Array.from({ length: slim ? 1 : 3 }, (_, index) => (
            <Skeleton key={index} className={slim ? 'h-8' : 'h-24'} />
          ))}
        </div>
      )}
      {list.data && projects.length === 0 && !slim && (
        <p className="px-3 pb-3 text-muted">{target === 'open' ? t('board.drop') : t('board.empty')}</p>
      )}
      {projects.length > 0 && (
        <Cards labelId={titleId} projects={projects} slim={slim} selected={selected} more={<LoadMore {...list} />} />
      )}
    </section>
  )
})

interface CardsProps extends Pick<BoardColumnProps, 'slim' | 'selected'> {
  labelId: string
  projects: readonly ProjectView[]
  more: ReactNode
}

function Cards({ labelId, projects, slim, selected, more }: CardsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: projects.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeightPx,
    getItemKey: (index) => projects[index]?.id ?? index,
    gap: gapPx,
    overscan: 4,
    // What is in sight before the first measurement, and where nothing is ever measured.
    initialRect: { width: 300, height: 900 },
  })
  return (
    <div
      ref={scroller}
      className={cn('overflow-y-auto px-2 pb-2', slim ? 'max-h-72' : 'max-h-[max(24rem,calc(100dvh-15rem))]')}
    >
      <ul aria-labelledby={labelId} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const project = projects[index]
          return (
            project && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={projects.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <DraggableCard project={project} isSelected={selected.has(project.id)} />
              </li>
            )
          )
        })}
      </ul>
      {more}
    </div>
  )
}
