import { useDroppable } from '@dnd-kit/core'
import type { ProjectView } from '@sparkle/shared/projects'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { DraggableChip } from './calendar-chip.tsx'
import { useToday } from './marks.tsx'
import type { MonthGrid } from './month.ts'

interface MonthTableProps {
  month: string
  grid: MonthGrid
  byDay: ReadonlyMap<string, readonly ProjectView[]>
  carrying: boolean
}

/** A month as a table of weeks. */
export function MonthTable({ month, grid, byDay, carrying }: MonthTableProps) {
  const format = useFormatter()
  const t = useTranslations('projects.calendar')
  const today = useToday()
  const [firstWeek = []] = grid.weeks
  return (
    <div className="relative overflow-x-auto rounded-box border border-line bg-surface">
      <table aria-label={t('month')} className="w-full min-w-150 table-fixed border-collapse">
        <thead>
          <tr>
            {firstWeek.map((day) => (
              <th
                key={day}
                scope="col"
                className="border-b border-line px-2 py-2 text-left text-small font-normal text-muted"
              >
                {format.dateTime(new Date(`${day}T12:00:00Z`), { weekday: 'short', timeZone: 'UTC' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <Day
                  key={day}
                  day={day}
                  projects={byDay.get(day) ?? []}
                  isToday={day === today}
                  isOutside={!day.startsWith(month)}
                  carrying={carrying}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const shownAtFirst = 3

interface DayProps {
  day: string
  projects: readonly ProjectView[]
  isToday: boolean
  isOutside: boolean
  carrying: boolean
}

function Day({ day, projects, isToday, isOutside, carrying }: DayProps) {
  const t = useTranslations('projects.calendar')
  const formats = useFormats()
  const [all, setAll] = useState(false)
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const shown = all ? projects : projects.slice(0, shownAtFirst)
  const hidden = projects.length - shown.length
  return (
    <td
      ref={setNodeRef}
      aria-label={t('day', { date: formats.day(day), count: projects.length })}
      className={cn(
        'h-27 border-b border-l border-line p-1 align-top transition-colors first:border-l-0 [tr:last-child>&]:border-b-0',
        isOutside && 'bg-canvas',
        carrying && isOver && 'bg-accent-soft',
      )}
    >
      <span
        aria-hidden="true"
        className={cn(
          'mb-1 flex size-6 items-center justify-center rounded-full text-small tabular-nums',
          isToday ? 'bg-accent font-strong text-accent-ink' : isOutside ? 'text-faint' : 'text-muted',
        )}
      >
        {Number(day.slice(8))}
      </span>
      <div className="flex flex-col gap-1">
        {shown.map((project) => (
          <DraggableChip key={project.id} project={project} />
        ))}
        {hidden > 0 && (
          <button
            type="button"
            className="rounded-[5px] px-1.5 text-left text-small text-muted hover:bg-hover"
            onClick={() => setAll(true)}
          >
            {t('more', { count: hidden })}
          </button>
        )}
      </div>
    </td>
  )
}
