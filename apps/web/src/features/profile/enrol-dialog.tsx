import { useEffect, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Field } from '../../components/field.tsx'
import { QrPicture } from '../../components/qr-picture.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useBeginSecondFactor, useConfirmSecondFactor } from './api.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

/** From the QR code over the first code of the app to the recovery codes. */
export function EnrolDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('profile.twoStep')
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t('enrolTitle')} width="small">
      <Enrolment onDone={onClose} />
    </Dialog>
  )
}

function Enrolment({ onDone }: { onDone: () => void }) {
  const t = useTranslations('profile.twoStep')
  const { mutate: begin, data, error } = useBeginSecondFactor()
  const confirm = useConfirmSecondFactor()
  useEffect(() => begin(), [begin])
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={onDone} />
  if (error) return <ErrorState error={error} onRetry={() => begin()} />
  if (!data) return <SkeletonList rows={3} />
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('scan')}</p>
      <div className="self-center">
        <QrPicture text={data.uri} label={t('qr')} />
      </div>
      <div className="flex items-center justify-between gap-2 rounded-box bg-sunken px-3 py-2">
        <code className="min-w-0 font-mono text-small break-all">{data.secret}</code>
        <CopyButton text={data.secret} label={t('copySecret')} />
      </div>
      <FirstCode pending={confirm.isPending} error={confirm.error} onSubmit={(code) => confirm.mutate(code)} />
    </div>
  )
}

interface FirstCodeProps {
  pending: boolean
  error: Error | null
  onSubmit: (code: string) => void
}

function FirstCode({ pending, error, onSubmit }: FirstCodeProps) {
  const t = useTranslations('profile.twoStep')
  const textOf = useProblemText()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!pending && code) onSubmit(code)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t('code')} hint={t('codeHint')} error={error ? textOf(error) : undefined}>
        {(field) => <CodeInput {...field} value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <Button type="submit" look="primary" pending={pending} className="self-end">
        {t('turnOn')}
      </Button>
    </form>
  )
}
