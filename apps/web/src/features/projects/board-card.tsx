import { useDraggable } from '@dnd-kit/core'
import type { ProjectView } from '@sparkle/shared/projects'
import { Check } from 'lucide-react'
import { memo, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Badge } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useMayWorkOn } from './rights.ts'
import { Deadline, PetPicture, PriorityMark, ProgressMarks } from './marks.tsx'
import { ProjectMenu } from './project-menu.tsx'

/** A card that can be carried: with the mouse anywhere on it, with a finger after a moment, by Space on its link. */
export const DraggableCard = memo(function DraggableCard({
  project,
  isSelected,
}: {
  project: ProjectView
  isSelected: boolean
}) {
  const mayMove = useMayWorkOn(project) && project.legalMoves.length > 0
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: project.id,
    data: { project },
    disabled: !mayMove,
  })
  const { onKeyDown, ...pointers } = listeners ?? {}
  return (
    <div
      ref={setNodeRef}
      {...pointers}
      data-card={project.id}
      className={cn('touch-manipulation', isDragging && 'opacity-40')}
    >
      <BoardCard
        project={project}
        isSelected={isSelected}
        link={{
          ref: setActivatorNodeRef,
          'aria-describedby': mayMove ? attributes['aria-describedby'] : undefined,
          onKeyDown: (event) => onKeyDown?.(event),
        }}
        controls={<ProjectMenu project={project} />}
      />
    </div>
  )
})

interface LinkProps {
  ref: Ref<HTMLAnchorElement>
  'aria-describedby': string | undefined
  onKeyDown: (event: KeyboardEvent) => void
}

interface BoardCardProps {
  project: ProjectView
  controls?: ReactNode
  /** What makes its link the handle by which it is carried. */
  link?: LinkProps
  isSelected?: boolean
  /** In the hand. */
  lifted?: boolean
}

export function BoardCard({ project, controls, link, isSelected, lifted }: BoardCardProps) {
  const t = useTranslations('projects')
  return (
    <article
      className={cn(
        'relative rounded-box border border-line bg-surface p-2.5 transition-colors hover:border-edge',
        isSelected && 'border-accent! bg-accent-soft!',
        lifted && 'cursor-grabbing border-edge shadow-lift',
      )}
    >
      <div className="flex gap-3">
        <PetPicture project={project} className="size-14" />
        <div className="min-w-0 grow">
          <Link
            to={`/projects/${project.id}`}
            draggable={false}
            data-card-link=""
            {...link}
            className="block truncate font-strong after:absolute after:inset-0 after:rounded-box after:content-['']"
          >
            {isSelected && (
              <Check role="img" aria-label={t('bulk.selected')} className="mr-1 inline size-4 text-accent-text" />
            )}
            {project.petName}
          </Link>
          <p className="truncate text-small text-muted">{project.petBreed || project.customerName}</p>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-small">
            <Badge>{t(`package.${project.packageType}`)}</Badge>
            {(project.priority === 'high' || project.priority === 'urgent') && (
              <PriorityMark priority={project.priority} />
            )}
          </p>
        </div>
        {controls && <div className="relative z-[1] -mt-1 -mr-1 flex items-start self-start">{controls}</div>}
      </div>
      <div className="mt-2.5 flex min-h-6 items-center gap-2 text-small text-muted">
        <span className="relative z-[1]">
          <ProgressMarks project={project} />
        </span>
        <span className="ml-auto">
          <Deadline project={project} />
        </span>
        {project.assignedArtistName ? (
          <Avatar size="small" name={project.assignedArtistName} labelled className="relative z-[1]" />
        ) : (
          <span
            title={t('assign.unassigned')}
            className="relative z-[1] size-6 shrink-0 rounded-full border border-dashed border-edge"
          >
            <span className="sr-only">{t('assign.unassigned')}</span>
          </span>
        )}
      </div>
    </article>
  )
}
