import type { ProjectView } from '@sparkle/shared/projects'
import { useTranslations } from 'use-intl'
import { Timeline } from '../../components/timeline.tsx'
import { stepsOf } from './progress.ts'

/** The whole way of a game, from the order to its address. */
export function GameSteps({ project }: { project: ProjectView }) {
  const t = useTranslations('client')
  const items = stepsOf(project).map(({ step, state }) => ({ id: step, state, title: t(`step.${step}`) }))
  return <Timeline flat items={items} label={t('steps', { pet: project.petName })} />
}

/** The same in one line and a bar, for a list. */
export function GameProgress({ project }: { project: ProjectView }) {
  const t = useTranslations('client')
  const steps = stepsOf(project)
  const done = steps.filter(({ state }) => state === 'done').length
  const current = steps.find(({ state }) => state === 'current')
  return (
    <div className="w-full">
      <div aria-hidden="true" className="flex gap-1">
        {steps.map(({ step, state }) => (
          <span
            key={step}
            className={`h-1.5 grow rounded-full ${state === 'done' ? 'bg-ok-solid' : state === 'current' ? 'bg-accent' : 'bg-line'}`}
          />
        ))}
      </div>
      <p className="mt-1.5 text-small text-muted">
        {t('stepsDone', { done, all: steps.length })}
        {current && ` · ${t('nextStep', { step: t(`step.${current.step}`) })}`}
      </p>
    </div>
  )
}
