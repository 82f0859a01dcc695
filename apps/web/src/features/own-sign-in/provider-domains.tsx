import type { ProviderDomainView, ProviderView } from '@sparkle/shared/identity-providers'
import { Plus, RefreshCw, X } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useChangeProvider, useVerifyDomain } from './api.ts'
import { CopyRows } from './copy-rows.tsx'

/** Domains of e-mail that the provider speaks for, each with the record that proves it. */
export function ProviderDomains({ provider }: { provider: ProviderView }) {
  const t = useTranslations('sso.domains')
  const textOf = useProblemText()
  const change = useChangeProvider(provider, true)
  const [typed, setTyped] = useState('')
  const names = provider.domains.map(({ domain }) => domain)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const domain = typed.trim().replace(/^.*@/, '')
    if (domain && !change.isPending) change.mutate({ domains: [...names, domain] }, { onSuccess: () => setTyped('') })
  }
  return (
    <section>
      <h3 className="font-strong">{t('title')}</h3>
      <p className="text-small text-muted">{t('body')}</p>
      {provider.domains.length > 0 && (
        <ul className="mt-2 divide-y divide-line">
          {provider.domains.map((domain) => (
            <DomainRow
              key={domain.domain}
              provider={provider}
              domain={domain}
              onRemove={() => change.mutate({ domains: names.filter((name) => name !== domain.domain) })}
            />
          ))}
        </ul>
      )}
      <form onSubmit={submit} noValidate className="mt-3">
        <Field label={t('add')} error={change.error ? textOf(change.error) : undefined}>
          {({ 'aria-required': _required, ...tie }) => (
            <div className="flex gap-2">
              <Input
                {...tie}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                placeholder={t('example')}
                maxLength={253}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                className="min-w-0 grow"
              />
              <Button type="submit" icon={<Plus />} pending={change.isPending} disabled={!typed.trim()}>
                {t('submit')}
              </Button>
            </div>
          )}
        </Field>
      </form>
    </section>
  )
}

interface DomainRowProps {
  provider: ProviderView
  domain: ProviderDomainView
  onRemove: () => void
}

function DomainRow({ provider, domain: { domain, record, verifiedAt }, onRemove }: DomainRowProps) {
  const t = useTranslations('sso.domains')
  const verify = useVerifyDomain(provider)
  const look = () =>
    verify.mutate(domain, {
      onSuccess: ({ domains }) => {
        const proven = domains.some((one) => one.domain === domain && one.verifiedAt)
        notify(proven ? t('proven', { domain }) : t('notFound'), { tone: proven ? 'ok' : 'warn' })
      },
    })
  return (
    <li className="py-3">
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 font-strong wrap-anywhere">{domain}</span>
          <StatusPill tone={verifiedAt ? 'ok' : 'info'}>{verifiedAt ? t('verified') : t('pending')}</StatusPill>
        </div>
        <IconButton bare label={t('remove', { domain })} icon={<X />} onClick={onRemove} />
      </div>
      {!verifiedAt && (
        <div className="mt-2 flex flex-col items-start gap-3">
          <p className="text-small text-muted">{t('publish')}</p>
          <div className="w-full">
            <CopyRows
              rows={[
                [t('name'), record.name],
                [t('value'), record.value],
              ]}
            />
          </div>
          <Button icon={<RefreshCw />} pending={verify.isPending} onClick={look}>
            {t('verify')}
          </Button>
        </div>
      )}
    </li>
  )
}
