import { useTranslations } from 'use-intl'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { stepIds, stepsDone, type ProjectFacts, type StepId } from './next-step.ts'

/** From order to live; the first step that is not done is the one that waits. */
export function ProjectTimeline({ facts }: { facts: ProjectFacts | null }) {
  const t = useTranslations('projects.page')
  if (!facts) return <Skeleton className="h-14" />
  const done = stepsDone(facts)
  const current = stepIds.find((id) => !done[id])
  return (
    <Timeline
      flat
      label={t('timeline')}
      items={stepIds.map((id) => ({
        id,
        title: t(`steps.${id}`),
        state: done[id] ? 'done' : id === current ? 'current' : 'todo',
        detail: <Detail id={id} facts={facts} />,
      }))}
    />
  )
}

function Detail({ id, facts }: { id: StepId; facts: ProjectFacts }) {
  const t = useTranslations('projects.page')
  const build = useTranslations('builds')
  const { project, photos, sprites, builds, urls } = facts
  const url = urls[0]
  const newest = builds[0]
  const sprite = sprites[0]
  switch (id) {
    case 'order':
      return <RelativeTime at={project.createdAt} />
    case 'photos':
      return t('photoCount', { count: photos.length })
    case 'sprite':
      return sprite && <RelativeTime at={sprite.uploadedAt} />
    case 'build':
      return newest && build(`status.${newest.status}`)
    case 'address':
      return url && `/${url.slug}/`
    case 'live':
      return url?.deployedAt && <RelativeTime at={url.deployedAt} />
  }
}
