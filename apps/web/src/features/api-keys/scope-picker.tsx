import type { Permission } from '@sparkle/shared/permissions'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { readOnly, type ScopeGroup } from './scopes.ts'
import { useResourceName } from './use-resource-name.ts'

interface ScopePickerProps {
  groups: readonly ScopeGroup[]
  value: ReadonlySet<Permission>
  onChange: (value: ReadonlySet<Permission>) => void
}

/** What a key may do, by resource, each as a whole or in parts. */
export function ScopePicker({ groups, value, onChange }: ScopePickerProps) {
  const t = useTranslations('apiKeys.scopes')
  const all = groups.flatMap(({ permissions }) => permissions)
  const set = (permissions: readonly Permission[], on: boolean) => {
    const next = new Set(value)
    for (const one of permissions) {
      if (on) next.add(one)
      else next.delete(one)
    }
    onChange(next)
  }
  return (
    <fieldset>
      <legend className="mb-1.5 font-strong">{t('title')}</legend>
      <div className="mb-2 flex flex-wrap gap-2">
        <Button size="small" onClick={() => onChange(new Set(readOnly(groups)))}>
          {t('readOnly')}
        </Button>
        <Button size="small" onClick={() => onChange(new Set(all))}>
          {t('all')}
        </Button>
        <Button size="small" look="quiet" disabled={value.size === 0} onClick={() => onChange(new Set())}>
          {t('none')}
        </Button>
      </div>
      <ul className="divide-y divide-line rounded-box border border-line">
        {groups.map((group) => (
          <Group key={group.resource} group={group} value={value} onChange={set} />
        ))}
      </ul>
      <p className="mt-1.5 text-small text-muted">{t('hint')}</p>
    </fieldset>
  )
}

interface GroupProps {
  group: ScopeGroup
  value: ReadonlySet<Permission>
  onChange: (permissions: readonly Permission[], on: boolean) => void
}

function Group({ group: { resource, permissions }, value, onChange }: GroupProps) {
  const names = useTranslations('permissions.names')
  const nameOf = useResourceName()
  const chosen = permissions.filter((one) => value.has(one)).length
  const state = chosen === permissions.length ? true : chosen > 0 ? 'indeterminate' : false
  return (
    <li className="px-3 py-2.5">
      <Checkbox
        label={<span className="font-strong">{nameOf(resource)}</span>}
        checked={state}
        onCheckedChange={() => onChange(permissions, state !== true)}
      />
      <div className="mt-2 grid gap-x-4 gap-y-2 pl-6.5 sm:grid-cols-2">
        {permissions.map((one) => (
          <Checkbox
            key={one}
            label={<span title={one}>{names(one)}</span>}
            checked={value.has(one)}
            onCheckedChange={(on) => onChange([one], on)}
          />
        ))}
      </div>
    </li>
  )
}
