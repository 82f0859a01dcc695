import type { PreferencesView } from '@sparkle/shared/notifications'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useConfirmPhone, useRemovePhone, useSetPhone } from './preferences-api.ts'

/** The number for text messages. It counts only once a code that was sent there has been typed here. */
export function PhoneCard({ phone }: { phone: PreferencesView['phone'] }) {
  const t = useTranslations('notifications.phone')
  const remove = useRemovePhone()
  const [changing, setChanging] = useState(false)
  return (
    <Card title={t('title')}>
      <p className="-mt-2 mb-4 text-muted">{t('hint')}</p>
      <div className="flex flex-col gap-4">
        {phone && (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span className="font-strong tabular-nums">{phone.number}</span>
            <StatusPill tone={phone.confirmed ? 'ok' : 'warn'}>
              {t(phone.confirmed ? 'confirmed' : 'waiting')}
            </StatusPill>
            <span className="flex gap-2">
              {!changing && (
                <Button size="small" onClick={() => setChanging(true)}>
                  {t('change')}
                </Button>
              )}
              <Button
                size="small"
                look="quiet"
                pending={remove.isPending}
                onClick={() => remove.mutate(undefined, { onSuccess: () => notify(t('removed')) })}
              >
                {t('remove')}
              </Button>
            </span>
          </p>
        )}
        {(!phone || changing) && <NumberForm onSent={() => setChanging(false)} />}
        {phone && !phone.confirmed && !changing && <CodeForm />}
      </div>
    </Card>
  )
}

function NumberForm({ onSent }: { onSent: () => void }) {
  const t = useTranslations('notifications.phone')
  const textOf = useProblemText()
  const [number, setNumber] = useState('')
  const set = useSetPhone()
  return (
    <form
      className="flex flex-col gap-3 sm:max-w-80"
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate(number, { onSuccess: onSent })
      }}
    >
      <Field label={t('number')} hint={t('numberHint')} error={set.error ? textOf(set.error) : undefined}>
        {(tie) => (
          <Input
            {...tie}
            type="tel"
            autoComplete="tel"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="self-start" pending={set.isPending} disabled={number.trim() === ''}>
        {t('sendCode')}
      </Button>
    </form>
  )
}

function CodeForm() {
  const t = useTranslations('notifications.phone')
  const textOf = useProblemText()
  const [code, setCode] = useState('')
  const confirm = useConfirmPhone()
  return (
    <form
      className="flex flex-col gap-3 sm:max-w-80"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate(code.trim(), { onSuccess: () => notify(t('nowConfirmed')) })
      }}
    >
      <Field label={t('code')} hint={t('codeHint')} error={confirm.error ? textOf(confirm.error) : undefined}>
        {(tie) => (
          <CodeInput {...tie} inputMode="numeric" value={code} onChange={(event) => setCode(event.target.value)} />
        )}
      </Field>
      <Button
        type="submit"
        look="primary"
        className="self-start"
        pending={confirm.isPending}
        disabled={!/^\s*\d{6}\s*$/.test(code)}
      >
        {t('confirm')}
      </Button>
    </form>
  )
}
