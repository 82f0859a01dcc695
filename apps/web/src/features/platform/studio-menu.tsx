import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { BadgeCheck, CirclePause, CirclePlay, Ellipsis, LifeBuoy } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useStudioStep } from './api.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

/** What somebody of the platform may do to one studio. */
export function StudioMenu({ studio }: { studio: PlatformOrganizationView }) {
  const t = useTranslations('platform')
  const confirm = useConfirm()
  const textOf = useProblemText()
  const [asking, setAsking] = useState<'suspend' | 'act-as' | 'plan' | null>(null)
  const act = useStudioStep(studio.id)
  const letGoOn = async () => {
    const question = { title: t('unsuspend.title', { name: studio.name }), body: t('unsuspend.body') }
    if (!(await confirm({ ...question, confirmLabel: t('unsuspend.confirm') }))) return
    act.mutate({ step: 'unsuspend' }, { onError: (error) => notify(textOf(error)) })
  }
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton size="small" bare label={t('actions', { name: studio.name })} icon={<Ellipsis />} />}
      >
        <MenuItem icon={<LifeBuoy />} onSelect={() => setAsking('act-as')}>
          {t('actAs.open')}
        </MenuItem>
        <MenuItem icon={<BadgeCheck />} onSelect={() => setAsking('plan')}>
          {t('changePlan')}
        </MenuItem>
        <MenuSeparator />
        {studio.suspendedAt ? (
          <MenuItem icon={<CirclePlay />} onSelect={() => void letGoOn()}>
            {t('unsuspend.confirm')}
          </MenuItem>
        ) : (
          <MenuItem icon={<CirclePause />} danger onSelect={() => setAsking('suspend')}>
            {t('suspend.confirm')}
          </MenuItem>
        )}
      </Menu>
      {asking === 'plan' && <PlanDialog studio={studio} onClose={() => setAsking(null)} />}
      {(asking === 'suspend' || asking === 'act-as') && (
        <ReasonDialog studio={studio} step={asking} onClose={() => setAsking(null)} />
      )}
    </>
  )
}
