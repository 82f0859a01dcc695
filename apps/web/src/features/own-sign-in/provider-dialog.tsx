import {
  type CreateProviderInput,
  providerKinds,
  type ProviderKind,
  provisionedRoles,
  type ProvisionedRole,
  type ProviderView,
} from '@sparkle/shared/identity-providers'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useAddProvider, useChangeProvider } from './api.ts'
import { inputOf, type ProviderValues, splitCertificates, valuesOf } from './provider-values.ts'

/** Adds a provider, or changes what identifies it. What is decided at once is in switches on its card. */
export function ProviderDialog({ provider, onClose }: { provider: ProviderView | null; onClose: () => void }) {
  const t = useTranslations('sso')
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={provider ? t('editTitle', { name: provider.name }) : t('add')}
      description={provider ? undefined : t('addBody')}
    >
      {provider ? <EditForm provider={provider} onDone={onClose} /> : <AddForm onDone={onClose} />}
    </Dialog>
  )
}

function AddForm({ onDone }: { onDone: () => void }) {
  const add = useAddProvider()
  return (
    <ProviderForm
      initial={valuesOf(null)}
      error={add.error}
      pending={add.isPending}
      onSubmit={(values) => add.mutate(inputOf(values) satisfies CreateProviderInput, { onSuccess: onDone })}
    />
  )
}

function EditForm({ provider, onDone }: { provider: ProviderView; onDone: () => void }) {
  const change = useChangeProvider(provider, true)
  const initial = valuesOf(provider)
  const submit = (values: ProviderValues) => {
    const { name, defaultRole, issuer, clientId, clientSecret, ssoUrl, certificates } = values
    const changed = <K extends keyof ProviderValues>(key: K) => values[key] !== initial[key]
    change.mutate(
      {
        ...(changed('name') && { name }),
        ...(changed('defaultRole') && { defaultRole }),
        ...(changed('issuer') && { issuer }),
        ...(changed('clientId') && { clientId }),
        ...(clientSecret && { clientSecret }),
        ...(changed('ssoUrl') && { ssoUrl }),
        ...(changed('certificates') && { certificates: splitCertificates(certificates) }),
      },
      { onSuccess: onDone },
    )
  }
  return <ProviderForm initial={initial} existing error={change.error} pending={change.isPending} onSubmit={submit} />
}

interface ProviderFormProps {
  initial: ProviderValues
  existing?: boolean
  error: Error | null
  pending: boolean
  onSubmit: (values: ProviderValues) => void
}

function ProviderForm({ initial, existing, error, pending, onSubmit }: ProviderFormProps) {
  const t = useTranslations('sso')
  const textOf = useProblemText()
  const [values, setValues] = useState(initial)
  const set = (change: Partial<ProviderValues>) => setValues({ ...values, ...change })
  const refused = isProblem(error) ? error.errors : []
  const errorOf = (key: keyof ProviderValues) => refused.find(({ path }) => path.split('.')[0] === key)?.message
  const needed = [
    values.name,
    values.issuer,
    ...(values.kind === 'oidc' ? [values.clientId] : [values.ssoUrl, values.certificates]),
  ]
  const incomplete = needed.some((value) => value.trim() === '')
  const text = (key: 'name' | 'issuer' | 'clientId' | 'ssoUrl', label: string, hint?: string, url = false) => (
    <Field label={label} hint={hint} error={errorOf(key)}>
      {(field) => (
        <Input
          {...field}
          value={values[key]}
          onChange={(event) => set({ [key]: event.target.value })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode={url ? 'url' : undefined}
        />
      )}
    </Field>
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!pending && !incomplete) onSubmit(values)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {error && <Notice tone="bad">{textOf(error)}</Notice>}
      {!existing && (
        <SegmentedControl<ProviderKind>
          label={t('kindLabel')}
          options={providerKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={values.kind}
          onValueChange={(kind) => set({ kind })}
        />
      )}
      {text('name', t('name'), t('nameHint'))}
      {values.kind === 'oidc' ? (
        <>
          {text('issuer', t('issuer'), t('issuerHint'), true)}
          {text('clientId', t('clientId'))}
          <Field label={t('clientSecret')} hint={existing ? t('clientSecretKeep') : t('clientSecretHint')} optional>
            {(field) => (
              <Input
                {...field}
                type="password"
                value={values.clientSecret}
                onChange={(event) => set({ clientSecret: event.target.value })}
                autoComplete="off"
              />
            )}
          </Field>
        </>
      ) : (
        <>
          {text('issuer', t('entityId'), t('entityIdHint'))}
          {text('ssoUrl', t('ssoUrl'), t('ssoUrlHint'), true)}
          <Field label={t('certificate')} hint={t('certificateHint')} error={errorOf('certificates')}>
            {(field) => (
              <Textarea
                {...field}
                value={values.certificates}
                onChange={(event) => set({ certificates: event.target.value })}
                rows={5}
                spellCheck={false}
                className="font-mono text-small"
              />
            )}
          </Field>
        </>
      )}
      <Field label={t('defaultRole')} hint={t('defaultRoleHint')}>
        {(field) => (
          <Select<ProvisionedRole>
            {...field}
            options={provisionedRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={values.defaultRole}
            onValueChange={(defaultRole) => set({ defaultRole })}
          />
        )}
      </Field>
      <Button type="submit" look="primary" pending={pending} disabled={incomplete} className="self-end">
        {existing ? t('save') : t('add')}
      </Button>
    </form>
  )
}
