import type { DomainStatus, DomainView } from '@sparkle/shared/domains'
import { Ellipsis, RefreshCw, Star, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Badge, StatusPill, type Tone } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useRemoveDomain, useSetPrimary, useVerifyDomain } from './api.ts'

const tones: Record<DomainStatus, Tone> = { pending: 'info', verified: 'ok', lapsed: 'warn' }

/** One domain: its state, the record that proves it, and what can be done with it. */
export function DomainRow({ domain, mayChange }: { domain: DomainView; mayChange: boolean }) {
  const t = useTranslations('domains')
  const verify = useVerifyDomain((checked) => {
    const proven = checked.status === 'verified' && checked.missingSince === null
    notify(proven ? t('proven', { domain: checked.domain }) : t('notFound'), { tone: proven ? 'ok' : 'warn' })
  })
  const needsRecord = domain.status !== 'verified' || domain.missingSince !== null
  return (
    <li className="py-4">
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 font-strong break-all">{domain.domain}</span>
          <StatusPill tone={domain.missingSince ? 'warn' : tones[domain.status]}>
            {t(`status.${domain.status}`)}
          </StatusPill>
          {domain.isPrimary && <Badge>{t('primary')}</Badge>}
        </div>
        {mayChange && <DomainMenu domain={domain} onVerify={() => verify.mutate(domain)} />}
      </div>
      <p className="mt-1 text-small text-muted">
        {domain.missingSince && domain.status === 'verified' ? t('missing') : t(`hint.${domain.status}`)}
        {domain.checkedAt && (
          <span className="ml-1.5">
            {t('checked')} <RelativeTime at={domain.checkedAt} />
          </span>
        )}
      </p>
      {needsRecord && (
        <>
          <RecordTable record={domain.record} />
          {mayChange && (
            <Button
              icon={<RefreshCw />}
              pending={verify.isPending}
              onClick={() => verify.mutate(domain)}
              className="mt-3"
            >
              {t('verify')}
            </Button>
          )}
        </>
      )}
    </li>
  )
}

/** What has to be typed into the DNS provider's form, each part to copy. */
function RecordTable({ record }: Pick<DomainView, 'record'>) {
  const t = useTranslations('domains.record')
  const rows = [
    ['type', record.type],
    ['name', record.name],
    ['value', record.value],
  ] as const
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1 rounded-box border border-line bg-sunken px-3 py-2">
      {rows.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-small text-muted">{t(key)}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 grow font-mono text-small break-all">{value}</span>
            {key !== 'type' && <CopyButton text={value} label={t('copy', { what: t(key) })} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function DomainMenu({ domain, onVerify }: { domain: DomainView; onVerify: () => void }) {
  const t = useTranslations('domains')
  const confirm = useConfirm()
  const setPrimary = useSetPrimary((changed) =>
    notify(changed.isPrimary ? t('primarySet', { domain: changed.domain }) : t('primaryUnset')),
  )
  const remove = useRemoveDomain(() => notify(t('removed', { domain: domain.domain })))
  const askToRemove = async () => {
    const yes = await confirm({
      title: t('removeTitle', { domain: domain.domain }),
      body: domain.status === 'verified' ? t('removeLive') : t('removeBody'),
      confirmLabel: t('remove'),
      danger: true,
    })
    if (yes) remove.mutate(domain)
  }
  return (
    <Menu trigger={<IconButton bare label={t('more', { domain: domain.domain })} icon={<Ellipsis />} />} align="end">
      {domain.status === 'verified' && (
        <>
          <MenuItem icon={<Star />} onSelect={() => setPrimary.mutate(domain)}>
            {domain.isPrimary ? t('unsetPrimary') : t('setPrimary')}
          </MenuItem>
          <MenuItem icon={<RefreshCw />} onSelect={onVerify}>
            {t('verify')}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem danger icon={<Trash2 />} onSelect={() => void askToRemove()}>
        {t('remove')}
      </MenuItem>
    </Menu>
  )
}
