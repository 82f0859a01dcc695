import { useDroppable } from '@dnd-kit/core'
import type { ProjectStatus } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useId } from 'react'
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
  /** Cards lie beside each other, without a fixed height: for what is set aside. */
  slim: boolean
}

export function BoardColumn({ status, filter, target, isHome, slim }: BoardColumnProps) {
  const t = useTranslations('projects')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const titleId = useId()
  const list = useInfiniteQuery(projectQueries.list(filter))
  const { setNodeRef, isOver } = useDroppable({ id: status, disabled: target === 'closed' && !isHome })
  const projects = list.data?.pages.flatMap(({ items }) => items) ?? []
  const total = list.data?.pages[0]?.total ?? projects.length

  return (
    <section
      ref={setNodeRef}
      aria-labelledby={titleId}
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
      <ul className={cn('gap-2 px-2 pb-2', slim ? 'grid grid-cols-1 xl:grid-cols-2' : 'flex flex-col')}>
        {projects.map((project) => (
          <li key={project.id} className="min-w-0">
            <DraggableCard project={project} />
          </li>
        ))}
      </ul>
      {list.data && projects.length === 0 && !slim && (
        <p className="px-3 pb-3 text-muted">{target === 'open' ? t('board.drop') : t('board.empty')}</p>
      )}
      <LoadMore {...list} />
    </section>
  )
}
