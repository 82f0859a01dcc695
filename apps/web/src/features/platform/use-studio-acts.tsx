import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useStudioStep } from './api.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

interface StudioActs {
  ask: (question: 'suspend' | 'act-as' | 'plan') => void
  letGoOn: () => void
  /** To be rendered beside what calls the two others. */
  dialogs: ReactNode
}

/** What somebody of the platform may do to one studio, each after a question. */
export function useStudioActs(studio: PlatformOrganizationView): StudioActs {
  const t = useTranslations('platform')
  const confirm = useConfirm()
  const textOf = useProblemText()
  const [asking, setAsking] = useState<'suspend' | 'act-as' | 'plan' | null>(null)
  const act = useStudioStep(studio.id)
  const close = () => setAsking(null)
  const letGoOn = async () => {
    const question = { title: t('unsuspend.title', { name: studio.name }), body: t('unsuspend.body') }
    if (!(await confirm({ ...question, confirmLabel: t('unsuspend.confirm') }))) return
    act.mutate({ step: 'unsuspend' }, { onError: (error) => notify(textOf(error)) })
  }
  return {
    ask: setAsking,
    letGoOn: () => void letGoOn(),
    dialogs: (
      <>
        {asking === 'plan' && <PlanDialog studio={studio} onClose={close} />}
        {(asking === 'suspend' || asking === 'act-as') && (
          <ReasonDialog studio={studio} step={asking} onClose={close} />
        )}
      </>
    ),
  }
}
