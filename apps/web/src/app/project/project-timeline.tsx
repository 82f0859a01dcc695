import { useTranslations } from 'use-intl'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { cn } from '../../lib/cn.ts'
import { isReady, stepIds, stepsDone, type ProjectFacts, type StepId } from './next-step.ts'

/** From order to live; the first step that is not done is the one that waits. */
export function ProjectTimeline({ facts }: { facts: ProjectFacts }) {
  const done = stepsDone(facts)
  const current = stepIds.find((id) => !done[id])
  return (
    <>
      <ShortWay done={done} current={current} />
      <div className="hidden md:block">
        <LongWay facts={facts} done={done} current={current} />
      </div>
    </>
  )
}

interface WayProps {
  done: Record<StepId, boolean>
  current: StepId | undefined
}

function LongWay({ facts, done, current }: WayProps & { facts: ProjectFacts }) {
  const t = useTranslations('projects.page')
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

/** The same on a phone, where the whole way would push everything else out of sight. */
function ShortWay({ done, current }: WayProps) {
  const t = useTranslations('projects.page')
  const count = stepIds.filter((id) => done[id]).length
  return (
    <div className="md:hidden">
      <p className="mb-1.5 flex justify-between">
        <span>{current ? t('nextStep', { step: t(`steps.${current}`) }) : t('allDone')}</span>
        <span className="text-muted tabular-nums">{t('stepsDone', { count, all: stepIds.length })}</span>
      </p>
      <div aria-hidden="true" className="flex gap-1">
        {stepIds.map((id) => (
          <span
            key={id}
            className={cn(
              'h-1.5 grow rounded-full',
              done[id] ? 'bg-ok-solid' : id === current ? 'bg-accent' : 'bg-line',
            )}
          />
        ))}
      </div>
    </div>
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
      return t('photoCount', { count: photos.filter(isReady).length })
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
