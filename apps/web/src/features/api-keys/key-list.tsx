import type { ApiKeyView } from '@sparkle/shared/api-keys'
import { KeyRound } from 'lucide-react'
import { useFormatter, useNow, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Badge, StatusPill, StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { useRevokeKey } from './api.ts'
import { resourcesOf } from './scopes.ts'
import { useResourceName } from './use-resource-name.ts'

/** Keys with what they reach, their last use and their end, newest first. */
export function KeyList({ keys }: { keys: readonly ApiKeyView[] }) {
  return (
    <ul className="divide-y divide-line">
      {keys.map((key) => (
        <KeyRow key={key.id} item={key} />
      ))}
    </ul>
  )
}

function KeyRow({ item }: { item: ApiKeyView }) {
  const t = useTranslations('apiKeys')
  const { user } = useSession()
  const over = item.status !== 'active'
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <KeyRound aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={cn('min-w-0 font-strong wrap-anywhere', over && 'text-muted')}>{item.name}</span>
          <code className="font-mono text-small text-muted">{t('begins', { prefix: item.prefix })}</code>
          {over && <StatusPill tone="neutral">{t(`status.${item.status}`)}</StatusPill>}
          {item.userId !== user.id && <Badge>{item.userName}</Badge>}
        </p>
        <p className="text-small text-muted">
          <Reach scopes={item.scopes} />
        </p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          <LastUse item={item} />
          {!over && <End at={item.expiresAt} />}
        </p>
      </div>
      {!over && <Revoke item={item} />}
    </li>
  )
}

/** Resources a line names; of more, the rest is counted. */
const mostNamed = 4

function Reach({ scopes }: Pick<ApiKeyView, 'scopes'>) {
  const t = useTranslations('apiKeys')
  const format = useFormatter()
  const nameOf = useResourceName()
  const resources = resourcesOf(scopes)
  if (!resources) return t('reachesAll')
  const changes = scopes.some((scope) => !scope.endsWith(':read'))
  const named = resources.slice(0, resources.length > mostNamed ? mostNamed - 1 : mostNamed).map(nameOf)
  const more = resources.length - named.length
  const names = format.list(more > 0 ? [...named, t('more', { count: more })] : named)
  return <span title={scopes.join(', ')}>{t(changes ? 'reaches' : 'reads', { names })}</span>
}

function LastUse({ item: { lastUsedAt, lastUsedAddress } }: { item: ApiKeyView }) {
  const t = useTranslations('apiKeys')
  if (!lastUsedAt) return <span>{t('neverUsed')}</span>
  return (
    <span>
      {t('lastUsed')} <RelativeTime at={lastUsedAt} />
      {lastUsedAddress && ` ${t('from', { address: lastUsedAddress })}`}
    </span>
  )
}

const dayMs = 86_400_000
const soonDays = 7

function End({ at }: { at: string | null }) {
  const t = useTranslations('apiKeys')
  const formats = useFormats()
  const now = useNow({ updateInterval: 60_000 })
  if (!at) return <StatusText tone="warn">{t('neverEnds')}</StatusText>
  const days = Math.ceil((Date.parse(at) - now.getTime()) / dayMs)
  const words = <span title={formats.dateTime(at)}>{t('endsIn', { days })}</span>
  return days <= soonDays ? <StatusText tone="warn">{words}</StatusText> : words
}

function Revoke({ item }: { item: ApiKeyView }) {
  const t = useTranslations('apiKeys')
  const confirm = useConfirm()
  const revoke = useRevokeKey()
  const ask = async () => {
    const yes = await confirm({
      title: t('revokeTitle', { name: item.name }),
      body: t('revokeBody'),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (yes) revoke.mutate(item, { onSuccess: () => notify(t('revoked', { name: item.name })) })
  }
  return (
    <Button
      size="small"
      pending={revoke.isPending}
      aria-label={t('revokeNamed', { name: item.name })}
      onClick={() => void ask()}
    >
      {t('revoke')}
    </Button>
  )
}
