import { priorities, type Priority, type ProjectStatus, type ProjectView } from '@sparkle/shared/projects'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, UserRound } from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { artistProfilesQuery, assignableQuery } from './api.ts'
import { PriorityIcon, StatusIcon } from './marks.tsx'
import { useAssignProject, useMoveProject, useSetPriority } from './mutations.ts'
import { useMayWorkOn } from './rights.ts'

/** What can be done to a project without opening it: move, assign, priority. */
export function ProjectMenu({ project }: { project: ProjectView }) {
  const t = useTranslations('projects')
  const navigate = useNavigate()
  const mayWork = useMayWorkOn(project)
  const mayAssign = useCan('projects:assign', placeOf(project))
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          bare
          size="small"
          label={t('menu.actions', { name: project.petName })}
          icon={<Ellipsis />}
          onKeyDown={(event) => event.stopPropagation()}
        />
      }
    >
      <MenuItem onSelect={() => void navigate(`/projects/${project.id}`)}>{t('menu.open')}</MenuItem>
      {mayWork && (
        <>
          <MenuSeparator />
          <StatusChoice project={project} />
        </>
      )}
      {mayAssign && !project.deletedAt && (
        <>
          <MenuSeparator />
          <ArtistChoice project={project} />
        </>
      )}
      {mayWork && (
        <>
          <MenuSeparator />
          <PriorityChoice project={project} />
        </>
      )}
    </Menu>
  )
}

/** The status it has, and those it may move to. */
export function StatusChoice({ project }: { project: ProjectView }) {
  const t = useTranslations('projects')
  const move = useMoveProject()
  const shown: ProjectStatus[] = [project.status, ...project.legalMoves]
  return (
    <MenuChoice
      label={t('move.to')}
      value={project.status}
      onValueChange={(to) => to !== project.status && move.mutate({ project, to })}
      options={shown.map((status) => ({
        value: status,
        label: t(`status.${status}`),
        icon: <StatusIcon status={status} />,
      }))}
    />
  )
}

const nobody = 'nobody'

export function ArtistChoice({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.assign')
  const people = useQuery(assignableQuery)
  const profiles = useQuery({ ...artistProfilesQuery, enabled: useCan('profiles:read') })
  const hintOf = (id: string, openProjects: number) => {
    const profile = profiles.data?.get(id)
    const hours = profile?.weeklyHours
    return [
      t('open', { count: openProjects }),
      hours === null || hours === undefined ? '' : t('weekly', { hours }),
      profile?.skills.join(', ') ?? '',
    ]
      .filter(Boolean)
      .join(' · ')
  }
  const assign = useAssignProject()
  const give = (id: string) => assign.mutate({ project, artist: people.data?.find((user) => user.id === id) ?? null })
  return (
    <MenuChoice
      label={t('to')}
      value={project.assignedArtistId ?? nobody}
      onValueChange={give}
      options={[
        ...(people.data ?? []).map(({ id, displayName, avatarUrl, openProjects }) => ({
          value: id,
          label: displayName,
          hint: hintOf(id, openProjects),
          icon: <Avatar size="small" name={displayName} src={avatarUrl} />,
        })),
        { value: nobody, label: t('nobody'), icon: <UserRound /> },
      ]}
    />
  )
}

export function PriorityChoice({ project }: { project: ProjectView }) {
  const t = useTranslations('projects')
  const setPriority = useSetPriority()
  const set = (priority: Priority) => priority !== project.priority && setPriority.mutate({ project, priority })
  return (
    <MenuChoice
      label={t('form.priority')}
      value={project.priority}
      onValueChange={set}
      options={priorities.map((priority) => ({
        value: priority,
        label: t(`priority.${priority}`),
        icon: <PriorityIcon priority={priority} />,
      }))}
    />
  )
}
