import type { ProjectView } from '@sparkle/shared/projects'
import { Archive, ArchiveRestore, Trash2 } from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { useArchiveProject, useDeleteProject } from './mutations.ts'
import { useMayWorkOn } from './rights.ts'

/** Sets the project aside, or takes it out again. */
export function ArchiveCard({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.archive')
  const archive = useArchiveProject()
  if (!useMayWorkOn(project)) return null
  const archived = project.archivedAt !== null
  return (
    <Card title={archived ? t('undo') : t('action')} className="mt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-160 text-muted">{archived ? t('note') : t('body')}</p>
        <Button
          icon={archived ? <ArchiveRestore /> : <Archive />}
          pending={archive.isPending}
          onClick={() => archive.mutate({ project, archived: !archived })}
        >
          {archived ? t('undo') : t('action')}
        </Button>
      </div>
    </Card>
  )
}

/** Deleting asks no question: it can be taken back from the toast and from the list of deleted projects. */
export function DangerZone({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.remove')
  const navigate = useNavigate()
  const remove = useDeleteProject(() => void navigate('/projects'))
  if (!useCan('projects:delete', placeOf(project)) || project.deletedAt) return null
  return (
    <Card title={t('title')} className="mt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-160 text-muted">{t('body')}</p>
        <Button look="danger" icon={<Trash2 />} pending={remove.isPending} onClick={() => remove.mutate(project)}>
          {t('action')}
        </Button>
      </div>
    </Card>
  )
}
