import type { PermissionMatrix as Matrix } from '@sparkle/shared/roles'
import { Check, CircleDot, Minus } from 'lucide-react'
import { Fragment, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { cn } from '../../lib/cn.ts'
import { permissionGroups } from './permission-groups.ts'

type MatrixRole = Matrix['roles'][number]
type Name = Matrix['permissions'][number]['name']

/** Who may what by role: a table where there is room, on a phone one role at a time. */
export function PermissionMatrix({ matrix }: { matrix: Matrix }) {
  const t = useTranslations('permissions.matrix')
  const roles = matrix.roles.filter(({ level }) => level !== 'platform')
  const [chosen, setChosen] = useState(roles[0]?.id ?? '')
  return (
    <>
      <div className="border-b border-line p-4 md:hidden">
        <Field label={t('role')}>
          {(field) => (
            <Select
              {...field}
              value={chosen}
              onValueChange={setChosen}
              options={roles.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be within reach of the keyboard */}
      <div className="relative overflow-auto md:max-h-[75dvh]" tabIndex={0} role="region" aria-label={t('title')}>
        <table className="w-full border-collapse">
          <thead>
            <tr>
              <th scope="col" className="sticky top-0 left-0 z-20 bg-surface px-4 py-2.5 text-left font-normal">
                <span className="sr-only">{t('permission')}</span>
              </th>
              {roles.map(({ id, name }) => (
                <th
                  key={id}
                  scope="col"
                  className={cn(
                    'sticky top-0 z-10 min-w-24 bg-surface px-2 py-2.5 text-center text-small font-strong',
                    id !== chosen && 'max-md:hidden',
                  )}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissionGroups.map((group) => (
              <Group key={group.resource} {...group} roles={roles} chosen={chosen} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-3 text-small text-muted">
        <span className="inline-flex items-center gap-1.5">
          <CircleDot aria-hidden="true" className="size-4 text-info" />
          {t('assigned')}
        </span>
        <span>{t('order')}</span>
      </p>
    </>
  )
}

interface GroupProps {
  resource: (typeof permissionGroups)[number]['resource']
  permissions: readonly Name[]
  roles: readonly MatrixRole[]
  chosen: string
}

function Group({ resource, permissions, roles, chosen }: GroupProps) {
  const t = useTranslations('permissions')
  return (
    <Fragment>
      <tr className="border-y border-line bg-sunken">
        <th
          scope="rowgroup"
          colSpan={roles.length + 1}
          className="sticky left-0 px-4 py-1.5 text-left text-small font-strong"
        >
          {t(`resources.${resource}`)}
        </th>
      </tr>
      {permissions.map((name) => (
        <tr key={name} className="border-b border-line last:border-b-0">
          <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left font-normal">
            {t(`names.${name}`)}
          </th>
          {roles.map((role) => (
            <td key={role.id} className={cn('px-2 text-center', role.id !== chosen && 'max-md:hidden')}>
              <Mark role={role} name={name} />
            </td>
          ))}
        </tr>
      ))}
    </Fragment>
  )
}

function Mark({ role, name }: { role: MatrixRole; name: Name }) {
  const t = useTranslations('permissions.matrix')
  const extent = role.assignedOnly.includes(name) ? 'assigned' : role.permissions.includes(name) ? 'yes' : 'no'
  const Icon = { assigned: CircleDot, yes: Check, no: Minus }[extent]
  const tone = { assigned: 'text-info', yes: 'text-ok', no: 'text-faint' }[extent]
  return (
    <>
      <Icon aria-hidden="true" className={cn('mx-auto size-4', tone)} />
      <span className="sr-only">{t(extent)}</span>
    </>
  )
}
