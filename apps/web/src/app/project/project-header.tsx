import type { ProjectView } from '@sparkle/shared/projects'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { PresenceAvatars } from '../../features/messages/presence-avatars.tsx'
import { ArtistMenu, PriorityMenu, StatusMenu } from '../../features/projects/field-menus.tsx'
import { Deadline, PetPicture } from '../../features/projects/marks.tsx'
import { useRestoreProject } from '../../features/projects/mutations.ts'
import { useMayWorkOn } from '../../features/projects/rights.ts'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { NextStepButton } from './next-step-button.tsx'
import { ProjectTimeline } from './project-timeline.tsx'
import type { FactsState } from './use-project-facts.ts'

/** The pet, where it stands, and the one next step. */
export function ProjectHeader({ project, facts }: { project: ProjectView; facts: FactsState }) {
  const t = useTranslations('projects')
  const mayWork = useMayWorkOn(project)
  return (
    <>
      <PageHeader
        title={project.petName}
        back={{ to: '/projects', label: t('page.back') }}
        picture={<PetPicture project={project} className="size-24 sm:size-28" />}
        description={
          <>
            <p>
              {[project.petBreed, t(`package.${project.packageType}`), project.customerName]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
              <StatusMenu project={project} />
              <ArtistMenu project={project} size="small" />
              <PriorityMenu project={project} />
              <Deadline project={project} />
              {!project.deletedAt && <PresenceAvatars projectId={project.id} />}
            </div>
          </>
        }
        actions={typeof facts === 'object' && mayWork && <NextStepButton facts={facts} />}
      />
      {project.deletedAt && <Deleted project={project} />}
      {facts !== 'hidden' && (
        <div className="mb-6">
          {facts === 'loading' ? <Skeleton className="h-8 md:h-14" /> : <ProjectTimeline facts={facts} />}
        </div>
      )}
    </>
  )
}

function Deleted({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.page')
  const restore = useRestoreProject()
  const mayRestore = useCan('projects:delete', placeOf(project))
  return (
    <Notice
      tone="warn"
      className="mb-6"
      action={
        mayRestore && (
          <Button size="small" pending={restore.isPending} onClick={() => restore.mutate(project.id)}>
            {t('next.restore')}
          </Button>
        )
      }
    >
      {t('deleted')}
    </Notice>
  )
}
