import {
  DndContext,
  DragOverlay,
  closestCenter,
  pointerWithin,
  type CollisionDetection,
  type DragEndEvent,
} from '@dnd-kit/core'
import { projectStatuses, type ProjectStatus, type ProjectView } from '@sparkle/shared/projects'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAction } from '../../lib/actions.tsx'
import type { ProjectFilter } from './api.ts'
import { BoardCard } from './board-card.tsx'
import { BoardColumn } from './board-column.tsx'
import { keyboardCodes, nextColumn } from './board-keyboard.ts'
import { BoardKeys } from './board-keys.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { useMoveProject } from './mutations.ts'
import { useDragSensors } from './use-drag-sensors.ts'

const working = ['backlog', 'in_progress', 'review', 'complete'] as const
const parked = ['on_hold', 'cancelled'] as const

interface BoardProps {
  /** Narrows every column; the status is the board's own. */
  filter?: Omit<ProjectFilter, 'status'>
}

/** The pointer decides; the keyboard has none, so there the nearest column does. */
const collisions: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : closestCenter(args))

/** Projects by status. Cards move by mouse, by a long touch, and by keyboard; only legal targets take them. */
export function Board({ filter = {} }: BoardProps) {
  const t = useTranslations('projects')
  const move = useMoveProject()
  const [carried, setCarried] = useState<ProjectView | null>(null)
  const [selected, setSelected] = useState<ReadonlyMap<string, ProjectView>>(new Map())
  const clear = () => setSelected(new Map())
  const toggle = (project: ProjectView) =>
    setSelected((before) => {
      const next = new Map(before)
      if (!next.delete(project.id)) next.set(project.id, project)
      return next
    })
  useAction(
    selected.size > 0
      ? { id: 'clear-selection', label: t('bulk.clear'), group: 'page', keys: 'escape', icon: X, run: clear }
      : null,
  )
  // One object for each column as long as the filter is the same, or every column would be drawn anew at each key.
  const filterKey = JSON.stringify(filter)
  const filters = useMemo(() => {
    const rest = JSON.parse(filterKey) as Omit<ProjectFilter, 'status'>
    return Object.fromEntries(projectStatuses.map((status) => [status, { ...rest, status }])) as Record<
      ProjectStatus,
      ProjectFilter
    >
  }, [filterKey])
  const sensors = useDragSensors(nextColumn, keyboardCodes)
  const drop = ({ active, over }: DragEndEvent) => {
    setCarried(null)
    const project = projectOf(active)
    const to = statusOf(over)
    if (project && to && to !== project.status) move.mutate({ project, to })
  }
  const nameOf = (active: HasData) => projectOf(active)?.petName ?? ''
  const place = (over: { id: string | number } | null) => t(`status.${statusOf(over) ?? 'backlog'}`)

  const column = (status: ProjectStatus, slim = false) => (
    <BoardColumn
      key={status}
      status={status}
      filter={filters[status]}
      slim={slim}
      target={carried === null ? 'idle' : carried.legalMoves.includes(status) ? 'open' : 'closed'}
      isHome={carried?.status === status}
      selected={selected}
    />
  )
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      onDragStart={({ active }) => setCarried(projectOf(active) ?? null)}
      onDragCancel={() => setCarried(null)}
      onDragEnd={drop}
      accessibility={{
        screenReaderInstructions: { draggable: t('board.instructions') },
        announcements: {
          onDragStart: ({ active }) => t('board.picked', { name: nameOf(active) }),
          onDragOver: ({ active, over }) =>
            over ? t('board.over', { name: nameOf(active), status: place(over) }) : undefined,
          onDragEnd: ({ active, over }) =>
            over
              ? t('board.dropped', { name: nameOf(active), status: place(over) })
              : t('board.cancelled', { name: nameOf(active) }),
          onDragCancel: ({ active }) => t('board.cancelled', { name: nameOf(active) }),
        },
      }}
    >
      <BoardKeys carrying={carried !== null} onToggle={toggle}>
        <div>
          <div className="-mx-4 flex snap-x snap-mandatory scroll-px-4 items-stretch gap-3 overflow-x-auto px-4 pb-2 sm:-mx-6 sm:scroll-px-6 sm:px-6 lg:mx-0 lg:grid lg:grid-cols-4 lg:overflow-visible lg:px-0">
            {working.map((status) => column(status))}
          </div>
          <div className="mt-3 grid gap-3 sm:grid-cols-2">{parked.map((status) => column(status, true))}</div>
        </div>
      </BoardKeys>
      <BulkBar projects={[...selected.values()]} onClear={clear} />
      <DragOverlay dropAnimation={null}>{carried && <BoardCard project={carried} lifted />}</DragOverlay>
    </DndContext>
  )
}

interface HasData {
  data: { current?: { project?: ProjectView } | undefined }
}

function projectOf(active: HasData): ProjectView | undefined {
  return active.data.current?.project
}

function statusOf(over: { id: string | number } | null): ProjectStatus | undefined {
  return [...working, ...parked].find((status) => status === over?.id)
}
