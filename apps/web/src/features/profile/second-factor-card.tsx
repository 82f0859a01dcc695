import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { secondFactorQuery, useRenewCodes, useTurnSecondFactorOff } from './api.ts'
import { EnrolDialog } from './enrol-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** The second factor: codes of an app, and recovery codes for the day it is lost. */
export function SecondFactorCard() {
  const t = useTranslations('profile.twoStep')
  const factor = useQuery(secondFactorQuery)
  const [enrolling, setEnrolling] = useState(false)
  if (factor.isPending) return <SkeletonList rows={1} className="h-24" />
  if (factor.isLoadingError) return <ErrorState error={factor.error} onRetry={() => void factor.refetch()} />
  const { enabledAt, recoveryCodesLeft } = factor.data
  return (
    <Card
      title={t('title')}
      action={
        !enabledAt && (
          <Button size="small" onClick={() => setEnrolling(true)}>
            {t('setUp')}
          </Button>
        )
      }
    >
      {enabledAt ? <Enabled since={enabledAt} left={recoveryCodesLeft} /> : <p className="text-muted">{t('off')}</p>}
      <EnrolDialog open={enrolling} onClose={() => setEnrolling(false)} />
    </Card>
  )
}

function Enabled({ since, left }: { since: string; left: number }) {
  const t = useTranslations('profile.twoStep')
  const formats = useFormats()
  const confirm = useConfirm()
  const renew = useRenewCodes()
  const turnOff = useTurnSecondFactorOff()
  const askTurnOff = async () => {
    const sure = await confirm({
      title: t('turnOffTitle'),
      body: t('turnOffBody'),
      confirmLabel: t('turnOff'),
      danger: true,
    })
    if (sure) turnOff.mutate(undefined, { onSuccess: () => notify(t('turnedOff')) })
  }
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {t('on', { date: formats.dateTime(since) })}
        <StatusPill tone="ok">{t('onPill')}</StatusPill>
      </p>
      <p className={left > 2 ? 'mt-1 text-muted' : 'mt-1 text-warn'}>{t('codesLeft', { count: left })}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" pending={renew.isPending} onClick={() => renew.mutate(undefined)}>
          {t('renew')}
        </Button>
        <Button size="small" look="quiet" pending={turnOff.isPending} onClick={() => void askTurnOff()}>
          {t('turnOff')}
        </Button>
      </div>
      <Dialog
        open={renew.data !== undefined}
        onOpenChange={(open) => open || renew.reset()}
        title={t('codes')}
        width="small"
      >
        {renew.data && <RecoveryCodes codes={renew.data.recoveryCodes} onDone={() => renew.reset()} />}
      </Dialog>
    </>
  )
}
