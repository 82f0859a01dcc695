import { useDroppable } from '@dnd-kit/core'
import type { ProjectView } from '@sparkle/shared/projects'
import { useFormatter } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { DraggableChip } from './calendar-chip.tsx'
import { Deadline, useToday } from './marks.tsx'

/** The days that have deadlines, one below the other: for phones, and for reading. */
export function Agenda({ byDay }: { byDay: ReadonlyMap<string, readonly ProjectView[]> }) {
  return (
    <ol className="divide-y divide-line rounded-box border border-line bg-surface">
      {[...byDay.keys()].toSorted().map((day) => (
        <AgendaDay key={day} day={day} projects={byDay.get(day) ?? []} />
      ))}
    </ol>
  )
}

function AgendaDay({ day, projects }: { day: string; projects: readonly ProjectView[] }) {
  const format = useFormatter()
  const today = useToday()
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const at = new Date(`${day}T12:00:00Z`)
  return (
    <li ref={setNodeRef} className={cn('flex gap-3 px-3 py-3', isOver && 'bg-accent-soft')}>
      <time dateTime={day} className="w-12 shrink-0 text-center leading-tight">
        <span className={cn('block text-title font-strong tabular-nums', day === today && 'text-accent-text')}>
          {Number(day.slice(8))}
        </span>
        <span className="block text-small text-muted">
          {format.dateTime(at, { weekday: 'short', timeZone: 'UTC' })}
        </span>
      </time>
      <ul className="grid min-w-0 grow gap-1.5">
        {projects.map((project) => (
          <li key={project.id} className="flex min-w-0 items-center justify-between gap-3">
            <span className="min-w-0">
              <DraggableChip project={project} />
            </span>
            <Deadline project={project} className="text-small" />
          </li>
        ))}
      </ul>
    </li>
  )
}
