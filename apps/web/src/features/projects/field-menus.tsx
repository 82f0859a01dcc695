import type { ProjectView } from '@sparkle/shared/projects'
import { ChevronDown, UserRoundPlus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Menu } from '../../components/menu.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { PriorityMark, ProjectStatusMark } from './marks.tsx'
import { ArtistChoice, PriorityChoice, StatusChoice } from './project-menu.tsx'
import { useMayWorkOn } from './rights.ts'

const trigger =
  'inline-flex min-h-7 max-w-full items-center gap-1 rounded-full pr-1.5 pl-0.5 align-middle transition-colors hover:bg-hover pointer-coarse:min-h-11'

/** The status as a pill that opens the legal moves; only the pill where the person may not move it. */
export function StatusMenu({ project }: { project: ProjectView }) {
  const t = useTranslations('projects')
  const mayMove = useMayWorkOn(project) && project.legalMoves.length > 0
  const pill = <ProjectStatusMark status={project.status} pill />
  if (!mayMove) return pill
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={trigger}
          aria-label={t('menu.status', { status: t(`status.${project.status}`) })}
        >
          {pill}
          <ChevronDown className="size-3.5 text-muted" aria-hidden="true" />
        </button>
      }
    >
      <StatusChoice project={project} />
    </Menu>
  )
}

export function ArtistMenu({ project, size = 'medium' }: { project: ProjectView; size?: 'small' | 'medium' }) {
  const t = useTranslations('projects')
  const mayAssign = useCan('projects:assign', placeOf(project)) && !project.deletedAt
  const name = project.assignedArtistName
  const words = (
    <>
      {name && <Avatar size="small" name={name} />}
      <span className="truncate">{name ?? t('assign.unassigned')}</span>
    </>
  )
  if (!mayAssign) return <span className="inline-flex items-center gap-1.5 text-muted">{words}</span>
  return (
    <Menu
      trigger={
        name ? (
          <button type="button" className={trigger} aria-label={t('menu.artist', { name })}>
            {words}
            <ChevronDown className="size-3.5 text-muted" aria-hidden="true" />
          </button>
        ) : (
          <Button size={size} icon={<UserRoundPlus />}>
            {t('assign.action')}
          </Button>
        )
      }
    >
      <ArtistChoice project={project} />
    </Menu>
  )
}

export function PriorityMenu({ project }: { project: ProjectView }) {
  const mayWork = useMayWorkOn(project)
  const mark = <PriorityMark priority={project.priority} />
  if (!mayWork) return mark
  return (
    <Menu
      trigger={
        <button type="button" className={`${trigger} pl-1.5`}>
          {mark}
          <ChevronDown className="size-3.5 text-muted" aria-hidden="true" />
        </button>
      }
    >
      <PriorityChoice project={project} />
    </Menu>
  )
}
