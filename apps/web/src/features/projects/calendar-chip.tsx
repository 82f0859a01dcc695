import { useDraggable } from '@dnd-kit/core'
import type { ProjectView } from '@sparkle/shared/projects'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { StatusIcon, statusTone } from './marks.tsx'
import { useMayWorkOn } from './rights.ts'

const grounds = {
  neutral: 'bg-sunken text-ink',
  info: 'bg-info-soft text-info',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

interface DeadlineChipProps {
  project: ProjectView
  /** In the hand. */
  lifted?: boolean
}

/** A project as a line: its status as hue, shape and (read out) word. */
export function DeadlineChip({ project, lifted }: DeadlineChipProps) {
  const t = useTranslations('projects.status')
  return (
    <span
      title={`${project.petName} · ${t(project.status)}`}
      className={cn(
        'flex h-6 min-w-0 items-center gap-1 rounded-[5px] px-1.5 text-small [&_svg]:size-3.5 [&_svg]:shrink-0',
        grounds[statusTone(project.status)],
        lifted && 'w-fit max-w-50 cursor-grabbing shadow-lift ring-1 ring-edge',
      )}
    >
      <StatusIcon status={project.status} />
      <span className="truncate">{project.petName}</span>
      <span className="sr-only">{t(project.status)}</span>
    </span>
  )
}

/** The chip as it lies on a day: Enter or a click opens the project, Space picks it up. */
export function DraggableChip({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.calendar')
  const mayMove = useMayWorkOn(project)
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: project.id,
    data: { project },
    disabled: !mayMove,
    attributes: { role: 'link', roleDescription: mayMove ? t('move', { name: project.petName }) : '' },
  })
  const { onKeyDown, ...pointers } = listeners ?? {}
  return (
    <Link
      ref={setNodeRef}
      {...(mayMove && { 'aria-describedby': attributes['aria-describedby'] })}
      {...pointers}
      to={`/projects/${project.id}`}
      draggable={false}
      onKeyDown={(event) => onKeyDown?.(event)}
      className={cn('block touch-manipulation rounded-[5px]', isDragging && 'opacity-40')}
    >
      <DeadlineChip project={project} />
    </Link>
  )
}
