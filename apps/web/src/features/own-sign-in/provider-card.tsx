import type { ProviderView, UpdateProviderInput } from '@sparkle/shared/identity-providers'
import { Ellipsis, FlaskConical, Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Badge, StatusPill } from '../../components/status.tsx'
import { Switch } from '../../components/switch.tsx'
import { notify } from '../../components/toast.tsx'
import { useChangeProvider, useRemoveProvider, useTryOut } from './api.ts'
import { CopyRows } from './copy-rows.tsx'
import { ProviderDomains } from './provider-domains.tsx'
import { TestResult } from './test-result.tsx'

/** One provider: what to give to it, whom it speaks for, whether it works, and what it may decide. */
export function ProviderCard({ provider, onEdit }: { provider: ProviderView; onEdit: () => void }) {
  const t = useTranslations('sso')
  const confirm = useConfirm()
  const change = useChangeProvider(provider)
  const remove = useRemoveProvider(provider)
  const tryOut = useTryOut(provider)
  const set = (input: UpdateProviderInput) => change.mutate(input)
  const proven = provider.domains.some(({ verifiedAt }) => verifiedAt)
  const mayEnforce = provider.enforced || (provider.enabled && provider.testedAt !== null && proven)

  const askToRemove = async () => {
    const sure = await confirm({
      title: t('removeTitle', { name: provider.name }),
      body: provider.enforced ? t('removeEnforced') : t('removeBody'),
      confirmLabel: t('remove'),
      danger: true,
    })
    if (sure) remove.mutate(undefined, { onSuccess: () => notify(t('removed', { name: provider.name })) })
  }
  const askToEnforce = async (enforced: boolean) => {
    const sure =
      !enforced ||
      (await confirm({
        title: t('enforceTitle', { name: provider.name }),
        body: t('enforceBody'),
        confirmLabel: t('enforceConfirm'),
        danger: true,
      }))
    if (sure) set({ enforced })
  }
  const ours = [
    [provider.kind === 'oidc' ? t('ours.redirect') : t('ours.acs'), provider.callbackUrl] as const,
    ...(provider.metadataUrl ? [[t('ours.entity'), provider.metadataUrl] as const] : []),
  ]
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {provider.name}
          <Badge>{t(`kind.${provider.kind}`)}</Badge>
          <StatusPill tone={provider.enabled ? 'ok' : 'neutral'}>{provider.enabled ? t('on') : t('off')}</StatusPill>
        </span>
      }
      action={
        <Menu trigger={<IconButton bare label={t('more', { name: provider.name })} icon={<Ellipsis />} />} align="end">
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t('edit')}
          </MenuItem>
          <MenuItem danger icon={<Trash2 />} onSelect={() => void askToRemove()}>
            {t('remove')}
          </MenuItem>
        </Menu>
      }
    >
      <div className="flex flex-col gap-6">
        <section>
          <h3 className="font-strong">{t('ours.title')}</h3>
          <p className="mb-2 text-small text-muted">{t('ours.body')}</p>
          <CopyRows rows={ours} />
        </section>
        <ProviderDomains provider={provider} />
        <section>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <div>
              <h3 className="font-strong">{t('test.title')}</h3>
              <p className="text-small text-muted">{t('test.body')}</p>
            </div>
            <Button icon={<FlaskConical />} pending={tryOut.isPending} onClick={() => tryOut.mutate()}>
              {t('test.start')}
            </Button>
          </div>
          {provider.lastTest && <TestResult test={provider.lastTest} />}
        </section>
        <section className="flex flex-col gap-4 border-t border-line pt-4">
          <Switch
            label={t('enabled')}
            hint={t('enabledHint')}
            checked={provider.enabled}
            disabled={change.isPending || provider.enforced}
            onCheckedChange={(enabled) => set({ enabled })}
          />
          <Switch
            label={t('jit')}
            hint={t('jitHint', { role: t(`role.${provider.defaultRole}`) })}
            checked={provider.jit}
            disabled={change.isPending}
            onCheckedChange={(jit) => set({ jit })}
          />
          <Switch
            label={t('trusts')}
            hint={t('trustsHint')}
            checked={provider.trustsSecondFactor}
            disabled={change.isPending}
            onCheckedChange={(trustsSecondFactor) => set({ trustsSecondFactor })}
          />
          <Switch
            label={t('enforced')}
            hint={mayEnforce ? t('enforcedHint') : t('enforcedWants')}
            checked={provider.enforced}
            disabled={change.isPending || !mayEnforce}
            onCheckedChange={(enforced) => void askToEnforce(enforced)}
          />
        </section>
      </div>
    </Card>
  )
}
