import type { Permission } from '@sparkle/shared/permissions'
import { type BaseRole, baseRoles, type CustomRoleView } from '@sparkle/shared/roles'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { mayDo, useSession } from '../../lib/session.tsx'
import { permissionGroups } from './permission-groups.ts'
import { useSaveRole } from './rights-api.ts'

/** Makes a role of the studio's own, or changes one; nobody can put into it what they do not hold. */
export function RoleEditor({ role, onClose }: { role: CustomRoleView | null; onClose: () => void }) {
  const t = useTranslations('permissions.roles')
  const roleName = useTranslations('web.role')
  const textOf = useProblemText()
  const formId = useId()
  const save = useSaveRole(role)
  const [name, setName] = useState(role?.name ?? '')
  const [description, setDescription] = useState(role?.description ?? '')
  const [baseRole, setBaseRole] = useState<BaseRole>(role?.baseRole ?? 'manager')
  const [permissions, setPermissions] = useState<readonly Permission[]>(role?.permissions ?? ['projects:read'])
  const [tried, setTried] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (save.isPending || permissions.length === 0) return
    save.mutate(
      { name, description, baseRole, permissions: [...permissions] },
      {
        onSuccess: () => {
          notify(t('saved', { name }))
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      width="large"
      title={role ? t('editTitle', { name: role.name }) : t('makeTitle')}
      footer={
        <Button type="submit" form={formId} look="primary" pending={save.isPending}>
          {t('save')}
        </Button>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        {save.isError && <Notice tone="bad">{textOf(save.error)}</Notice>}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('name')}>
            {(field) => (
              <Input
                {...field}
                required
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('base')} hint={t('baseHint')}>
            {(field) => (
              <Select
                {...field}
                disabled={role !== null}
                value={baseRole}
                onValueChange={setBaseRole}
                options={baseRoles.map((value) => ({ value, label: roleName(value) }))}
              />
            )}
          </Field>
        </div>
        <Field label={t('description')} optional>
          {(field) => (
            <Input
              {...field}
              maxLength={300}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        {tried && permissions.length === 0 && <Notice tone="bad">{t('none')}</Notice>}
        <Choices chosen={permissions} onChange={setPermissions} />
      </form>
    </Dialog>
  )
}

interface ChoicesProps {
  chosen: readonly Permission[]
  onChange: (permissions: readonly Permission[]) => void
}

function Choices({ chosen, onChange }: ChoicesProps) {
  const t = useTranslations('permissions')
  const session = useSession()
  const toggle = (name: Permission, on: boolean) =>
    onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name))
  return (
    <fieldset>
      <legend className="mb-2 font-strong">{t('roles.permissions')}</legend>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {permissionGroups.map(({ resource, permissions }) => (
          <fieldset key={resource} className="flex flex-col gap-2">
            <legend className="mb-1.5 text-small text-muted">{t(`resources.${resource}`)}</legend>
            {permissions.map((name) => {
              const held = mayDo(session, name)
              return (
                <Checkbox
                  key={name}
                  checked={chosen.includes(name)}
                  onCheckedChange={(on) => toggle(name, on)}
                  disabled={!held}
                  label={t(`names.${name}`)}
                  hint={held ? undefined : t('roles.notHeld')}
                />
              )
            })}
          </fieldset>
        ))}
      </div>
    </fieldset>
  )
}
