import type { Permission } from '@sparkle/shared/permissions'
import { useTranslations } from 'use-intl'
import { Select } from '../../components/select.tsx'
import type { ControlProps } from '../../components/field.tsx'
import { permissionGroups, type ResourceName } from './permission-groups.ts'

interface PermissionSelectProps<T extends string> {
  field: ControlProps
  value: T
  onChange: (value: T) => void
}

/** One permission of the studio. */
export function PermissionSelect({ field, value, onChange }: PermissionSelectProps<Permission>) {
  const t = useTranslations('permissions')
  const options = permissionGroups.flatMap(({ permissions }) =>
    permissions.map((name) => ({ value: name, label: t(`names.${name}`) })),
  )
  return <Select {...field} value={value} onValueChange={onChange} options={options} />
}

export type Pattern = Permission | `${ResourceName}:*`

/** One permission, or all of a resource. */
export function PatternSelect({ field, value, onChange }: PermissionSelectProps<Pattern>) {
  const name = usePatternName()
  const options = permissionGroups.flatMap(({ resource, permissions }) => [
    ...permissions.map((one) => ({ value: one as Pattern, label: name(one) })),
    ...(permissions.length > 1 ? [{ value: `${resource}:*` as const, label: name(`${resource}:*`) }] : []),
  ])
  return <Select {...field} value={value} onValueChange={onChange} options={options} />
}

/** A permission or pattern in words. */
export function usePatternName(): (pattern: string) => string {
  const t = useTranslations('permissions')
  return (pattern) => {
    const group = permissionGroups.find(({ resource }) => pattern.startsWith(`${resource}:`))
    const one = group?.permissions.find((name) => name === pattern)
    if (one) return t(`names.${one}`)
    return group ? t('grants.all', { resource: t(`resources.${group.resource}`) }) : pattern
  }
}
