import {
  DndContext,
  DragOverlay,
  closestCenter,
  pointerWithin,
  type CollisionDetection,
  type DragEndEvent,
} from '@dnd-kit/core'
import type { ProjectView } from '@sparkle/shared/projects'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useFormats } from '../../lib/format.ts'
import { keyboardCodes, nextColumn } from './board-keyboard.ts'
import { Agenda } from './calendar-agenda.tsx'
import { calendarQuery, mostShown, useReschedule } from './calendar-api.ts'
import { DeadlineChip } from './calendar-chip.tsx'
import { noDay, scrollsWhileCarrying } from './calendar-places.ts'
import { MonthTable } from './calendar-month.tsx'
import { Unscheduled } from './calendar-unscheduled.tsx'
import { monthGrid } from './month.ts'
import { useDragSensors } from './use-drag-sensors.ts'

export type CalendarLayout = 'month' | 'agenda'

interface CalendarProps {
  /** `2027-01` */
  month: string
  layout: CalendarLayout
  assignedTo: string | undefined
}

/** The pointer decides; the keyboard has none, so there the nearest day does. */
const collisions: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : closestCenter(args))

const autoScroll = { canScroll: scrollsWhileCarrying }

/** The deadlines of a month. Projects are carried to another day by mouse, by a long touch, and by keyboard. */
export function Calendar({ month, layout, assignedTo }: CalendarProps) {
  const t = useTranslations('projects.calendar')
  const { day } = useFormats()
  const grid = monthGrid(month)
  const found = useQuery(calendarQuery({ from: grid.from, before: grid.before, assignedTo }))
  const reschedule = useReschedule()
  const [carried, setCarried] = useState<ProjectView | null>(null)
  const sensors = useDragSensors(nextColumn, keyboardCodes)
  const drop = ({ over }: DragEndEvent) => {
    const project = carried
    setCarried(null)
    if (!project || !over) return
    const deadline = over.id === noDay ? null : String(over.id)
    if (deadline !== project.deadline) reschedule.mutate({ project, deadline })
  }
  const nameOf = () => carried?.petName ?? ''
  const placeOf = (over: { id: string | number } | null) =>
    !over || over.id === noDay ? t('unscheduled') : day(String(over.id))
  if (found.isPending) return <Skeleton className="h-150" />
  if (found.isLoadingError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const byDay = Map.groupBy(found.data.projects, ({ deadline }) => deadline ?? noDay)
  const ofMonth = new Map([...byDay].filter(([date]) => date.startsWith(month)))

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      autoScroll={autoScroll}
      onDragStart={({ active }) => setCarried((active.data.current?.['project'] as ProjectView | undefined) ?? null)}
      onDragCancel={() => setCarried(null)}
      onDragEnd={drop}
      accessibility={{
        screenReaderInstructions: { draggable: t('instructions') },
        announcements: {
          onDragStart: () => t('picked', { name: nameOf() }),
          onDragOver: ({ over }) => t('over', { name: nameOf(), date: placeOf(over) }),
          onDragEnd: ({ over }) =>
            over ? t('dropped', { name: nameOf(), date: placeOf(over) }) : t('cancelled', { name: nameOf() }),
          onDragCancel: () => t('cancelled', { name: nameOf() }),
        },
      }}
    >
      {!found.data.isWhole && (
        <Notice tone="info" className="mb-3">
          {t('tooMany', { count: mostShown })}
        </Notice>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_230px]">
        {layout === 'month' ? (
          <MonthTable month={month} grid={grid} byDay={byDay} carrying={carried !== null} />
        ) : ofMonth.size === 0 ? (
          <EmptyState scene="search" title={t('empty')} body={t('emptyBody')} />
        ) : (
          <Agenda byDay={ofMonth} />
        )}
        <Unscheduled assignedTo={assignedTo} />
      </div>
      <DragOverlay dropAnimation={null}>{carried && <DeadlineChip project={carried} lifted />}</DragOverlay>
    </DndContext>
  )
}
