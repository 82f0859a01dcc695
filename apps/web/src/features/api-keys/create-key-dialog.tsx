import { decide } from '@sparkle/shared/decide'
import type { Permission } from '@sparkle/shared/permissions'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan, useSession } from '../../lib/session.tsx'
import { useCreateKey } from './api.ts'
import { NewKey } from './new-key.tsx'
import { ScopePicker } from './scope-picker.tsx'
import { scopeGroups } from './scopes.ts'

interface CreateKeyDialogProps {
  open: boolean
  onClose: () => void
  /** For a service account, not for oneself. */
  account?: { id: string; name: string } | undefined
}

/** Asks what the key is for; then shows it, this once. */
export function CreateKeyDialog({ open, onClose, account }: CreateKeyDialogProps) {
  const t = useTranslations('apiKeys.create')
  const formId = useId()
  const create = useCreateKey()
  const close = () => {
    create.reset()
    onClose()
  }
  const made = create.data
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || close()}
      title={made ? t('madeTitle', { name: made.name }) : account ? t('titleFor', { name: account.name }) : t('title')}
      description={made ? undefined : t('body')}
      footer={
        made ? (
          <Button look="primary" onClick={close}>
            {t('done')}
          </Button>
        ) : (
          <Button type="submit" form={formId} look="primary" pending={create.isPending}>
            {t('submit')}
          </Button>
        )
      }
    >
      {made ? <NewKey token={made.token} /> : <KeyForm id={formId} create={create} userId={account?.id} />}
    </Dialog>
  )
}

const terms = ['7', '30', '90', '365', 'never'] as const
type Term = (typeof terms)[number]
const dayMs = 86_400_000

function endOf(term: Term): string | null {
  return term === 'never' ? null : new Date(Date.now() + Number(term) * dayMs).toISOString()
}

interface KeyFormProps {
  id: string
  create: ReturnType<typeof useCreateKey>
  userId: string | undefined
}

function KeyForm({ id, create, userId }: KeyFormProps) {
  const t = useTranslations('apiKeys.create')
  const textOf = useProblemText()
  const mayLast = useCan('api-keys:manage')
  const { user, role, accountId, rights } = useSession()
  const subject = { ...rights, userId: user.id, role, accountId }
  const groups = scopeGroups((permission) => decide(subject, permission).allowed)
  const [name, setName] = useState('')
  const [term, setTerm] = useState<Term>('90')
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set())
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (!name.trim() || scopes.size === 0 || create.isPending) return
    create.mutate({ name, scopes: [...scopes], expiresAt: endOf(term), ...(userId && { userId }) })
  }
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {create.error && <Notice tone="bad">{textOf(create.error)}</Notice>}
      <div className="grid gap-4 sm:grid-cols-[1fr_180px]">
        <Field label={t('name')} error={tried && !name.trim() ? t('nameMissing') : undefined}>
          {(tie) => (
            <Input
              {...tie}
              value={name}
              maxLength={80}
              autoComplete="off"
              placeholder={t('nameExample')}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('ends')}>
          {(tie) => (
            <Select
              {...tie}
              value={term}
              onValueChange={setTerm}
              options={terms
                .filter((one) => mayLast || one !== 'never')
                .map((value) => ({ value, label: t(`term.${value}`) }))}
            />
          )}
        </Field>
      </div>
      {term === 'never' && <Notice tone="warn">{t('neverWarning')}</Notice>}
      <ScopePicker groups={groups} value={scopes} onChange={setScopes} />
      {tried && scopes.size === 0 && <Notice tone="bad">{t('scopesMissing')}</Notice>}
    </form>
  )
}
