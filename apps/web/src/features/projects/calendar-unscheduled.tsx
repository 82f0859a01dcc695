import { useDroppable } from '@dnd-kit/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { unscheduledQuery } from './calendar-api.ts'
import { DraggableChip } from './calendar-chip.tsx'
import { noDay } from './calendar-places.ts'

/** Open projects without a deadline: carried onto a day they get one, carried here they lose it. */
export function Unscheduled({ assignedTo }: { assignedTo: string | undefined }) {
  const t = useTranslations('projects.calendar')
  const { data } = useQuery(unscheduledQuery(assignedTo))
  const { setNodeRef, isOver } = useDroppable({ id: noDay })
  return (
    <section
      ref={setNodeRef}
      aria-labelledby="unscheduled"
      className={cn(
        'rounded-box border border-line bg-sunken p-3 transition-colors',
        isOver && 'border-accent bg-accent-soft',
      )}
    >
      <h2 id="unscheduled" className="mb-2 flex items-baseline justify-between gap-2">
        <span className="font-strong">{t('unscheduled')}</span>
        {data && <span className="text-muted tabular-nums">{data.total}</span>}
      </h2>
      {data?.projects.length === 0 && <p className="text-small text-muted">{t('unscheduledEmpty')}</p>}
      <ul className="grid gap-1">
        {data?.projects.map((project) => (
          <li key={project.id} className="min-w-0">
            <DraggableChip project={project} />
          </li>
        ))}
      </ul>
    </section>
  )
}
