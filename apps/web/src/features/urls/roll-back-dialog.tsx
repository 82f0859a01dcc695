import type { ApprovalView } from '@sparkle/shared/reviews'
import type { UrlView } from '@sparkle/shared/urls'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useRollBackUrl } from './api.ts'
import { OverrideReason } from './override-reason.tsx'

interface RollBackDialogProps {
  url: UrlView
  approved: ApprovalView['approved']
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Asks an admin why a build that nobody approved comes back. */
export function RollBackDialog({ url, approved, open, onOpenChange }: RollBackDialogProps) {
  const t = useTranslations('urls.rollback')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} description={t('body')} width="small">
      <RollBackForm url={url} approved={approved} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

interface RollBackFormProps {
  url: UrlView
  approved: ApprovalView['approved']
  onDone: () => void
}

function RollBackForm({ url, approved, onDone }: RollBackFormProps) {
  const t = useTranslations('urls.rollback')
  const textOf = useProblemText()
  const [reason, setReason] = useState('')
  const rollBack = useRollBackUrl(url, () => {
    notify(t('done'))
    onDone()
  })
  const overrideReason = reason.trim()
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!rollBack.isPending && overrideReason) rollBack.mutate({ overrideReason })
      }}
    >
      <OverrideReason approved={approved} value={reason} onChange={setReason} />
      {rollBack.error && <Notice tone="bad">{textOf(rollBack.error)}</Notice>}
      <Button
        type="submit"
        look="primary"
        icon={<History />}
        pending={rollBack.isPending}
        disabled={!overrideReason}
        className="self-end"
      >
        {t('action')}
      </Button>
    </form>
  )
}
