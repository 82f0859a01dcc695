import type { ProjectView } from '@sparkle/shared/projects'
import { Trash2 } from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useCan } from '../../lib/session.tsx'
import { useDeleteProject } from './mutations.ts'

/** Deleting asks no question: it can be taken back from the toast and from the list of deleted projects. */
export function DangerZone({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.remove')
  const navigate = useNavigate()
  const remove = useDeleteProject(() => void navigate('/projects'))
  if (!useCan('projects:delete') || project.deletedAt) return null
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
