import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { maxPasskeys, type PasskeyView } from '@sparkle/shared/passkeys'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { PasskeyDialog } from './passkey-dialog.tsx'
import { passkeysQuery, useRemovePasskey } from './passkeys.ts'

/** Keys of one's devices that sign in without a password. */
export function PasskeysCard() {
  const t = useTranslations('profile.passkeys')
  const passkeys = useQuery(passkeysQuery)
  const [naming, setNaming] = useState<PasskeyView | 'new' | null>(null)
  if (passkeys.isPending) return <SkeletonList rows={1} className="h-24" />
  if (passkeys.isLoadingError) return <ErrorState error={passkeys.error} onRetry={() => void passkeys.refetch()} />
  const { items } = passkeys.data
  const mayAdd = browserSupportsWebAuthn() && items.length < maxPasskeys
  return (
    <Card
      title={t('title')}
      action={
        mayAdd && (
          <Button size="small" icon={<Plus />} onClick={() => setNaming('new')}>
            {t('add')}
          </Button>
        )
      }
    >
      <p className="text-muted">{t('body')}</p>
      {items.length > 0 && (
        <ul aria-label={t('title')} className="mt-3 divide-y divide-line border-t border-line">
          {items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRename={() => setNaming(passkey)} />
          ))}
        </ul>
      )}
      {naming && <PasskeyDialog passkey={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />}
    </Card>
  )
}

function PasskeyRow({ passkey, onRename }: { passkey: PasskeyView; onRename: () => void }) {
  const t = useTranslations('profile.passkeys')
  const confirm = useConfirm()
  const remove = useRemovePasskey()
  const askToRemove = async () => {
    const sure = await confirm({
      title: t('removeTitle', { name: passkey.name }),
      body: t('removeBody'),
      confirmLabel: t('remove'),
      danger: true,
    })
    if (sure) remove.mutate(passkey, { onSuccess: () => notify(t('removed', { name: passkey.name })) })
  }
  return (
    <li className="flex items-center gap-3 py-2.5 last:pb-0">
      <KeyRound aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="min-w-0 font-strong wrap-anywhere">{passkey.name}</span>
          {passkey.backedUp && <Badge>{t('backedUp')}</Badge>}
        </p>
        <p className="text-small text-muted">
          {passkey.lastUsedAt ? t('used') : t('added')} <RelativeTime at={passkey.lastUsedAt ?? passkey.createdAt} />
        </p>
      </div>
      <Menu trigger={<IconButton bare label={t('more', { name: passkey.name })} icon={<Ellipsis />} />} align="end">
        <MenuItem icon={<Pencil />} onSelect={onRename}>
          {t('rename')}
        </MenuItem>
        <MenuItem danger icon={<Trash2 />} onSelect={() => void askToRemove()}>
          {t('remove')}
        </MenuItem>
      </Menu>
    </li>
  )
}
