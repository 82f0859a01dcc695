import { useDroppable } from '@dnd-kit/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { cn } from '../../lib/cn.ts'
import { unscheduledQuery, unscheduledStep } from './calendar-api.ts'
import { DraggableChip } from './calendar-chip.tsx'
import { noDay, stillAttribute } from './calendar-places.ts'

/**
 * Open projects without a deadline: carried onto a day they get one, carried here they lose it. However many they are,
 * they scroll by themselves and the page ends with the month: a card is never carried past it.
 */
export function Unscheduled({ assignedTo }: { assignedTo: string | undefined }) {
  const t = useTranslations('projects.calendar')
  const [most, setMost] = useState(unscheduledStep)
  const { data, isFetching } = useQuery(unscheduledQuery(assignedTo, most))
  const { setNodeRef, isOver } = useDroppable({ id: noDay })
  return (
    <div className="relative lg:min-h-96 lg:self-stretch">
      <section
        ref={setNodeRef}
        aria-labelledby="unscheduled"
        className={cn(
          'flex max-h-[60dvh] flex-col rounded-box border border-line bg-sunken transition-colors lg:absolute lg:inset-x-0 lg:top-0 lg:max-h-full',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <h2 id="unscheduled" className="flex items-baseline justify-between gap-2 p-3 pb-2">
          <span className="font-strong">{t('unscheduled')}</span>
          {data && <span className="text-muted tabular-nums">{data.total}</span>}
        </h2>
        {/* Positioned, or the chips' words for screen readers would lie outside of it and make the page longer. */}
        <div {...{ [stillAttribute]: '' }} className="relative min-h-0 overflow-y-auto px-3 pb-3">
          {data?.projects.length === 0 && <p className="text-small text-muted">{t('unscheduledEmpty')}</p>}
          <ul className="grid gap-1">
            {data?.projects.map((project) => (
              <li key={project.id} className="min-w-0">
                <DraggableChip project={project} />
              </li>
            ))}
          </ul>
          {data?.hasMore && (
            <Button
              look="quiet"
              size="small"
              className="mt-2 w-full"
              pending={isFetching && data.projects.length < most}
              onClick={() => setMost((before) => before + unscheduledStep)}
            >
              {t('unscheduledMore')}
            </Button>
          )}
        </div>
      </section>
    </div>
  )
}
