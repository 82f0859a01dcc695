import type { CustomRoleView } from '@sparkle/shared/roles'
import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { useCan } from '../../lib/session.tsx'
import { rightsQueries, useDeleteRole } from './rights-api.ts'
import { RoleEditor } from './role-editor.tsx'

/** The studio's own roles, to make, change and delete. */
export function CustomRoles() {
  const t = useTranslations('permissions.roles')
  const mayChange = useCan('roles:update')
  const roles = useQuery(rightsQueries.roles)
  const [editing, setEditing] = useState<CustomRoleView | 'new' | null>(null)
  const make = mayChange && (
    <Button size="small" icon={<Plus />} onClick={() => setEditing('new')}>
      {t('make')}
    </Button>
  )
  return (
    <Card title={t('title')} action={make}>
      {roles.isPending && <SkeletonList rows={2} />}
      {roles.isLoadingError && <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data?.items.length === 0 && <p className="max-w-160 text-muted">{t('empty')}</p>}
      {roles.data && roles.data.items.length > 0 && (
        <ul className="divide-y divide-line">
          {roles.data.items.map((role) => (
            <RoleRow key={role.id} role={role} onEdit={mayChange ? () => setEditing(role) : null} />
          ))}
        </ul>
      )}
      {editing && <RoleEditor role={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Card>
  )
}

function RoleRow({ role, onEdit }: { role: CustomRoleView; onEdit: (() => void) | null }) {
  const t = useTranslations('permissions.roles')
  const roleName = useTranslations('web.role')
  const confirm = useConfirm()
  const remove = useDeleteRole()
  const { name } = role
  const ask = async () => {
    const sure = await confirm({
      title: t('deleteTitle', { name }),
      body: t('deleteBody'),
      confirmLabel: t('delete'),
      danger: true,
    })
    if (sure) remove.mutate(role, { onSuccess: () => notify(t('deleted', { name })) })
  }
  const facts = [
    t('basedOn', { role: roleName(role.baseRole) }),
    t('count', { count: role.permissions.length }),
    t('members', { count: role.members }),
  ]
  return (
    <li className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
      <span className="min-w-0 grow">
        <span className="block font-strong">{name}</span>
        {role.description && <span className="block">{role.description}</span>}
        <span className="block text-small text-muted">{facts.join(' · ')}</span>
      </span>
      {onEdit && (
        <>
          <IconButton bare size="small" label={`${t('edit')}: ${name}`} icon={<Pencil />} onClick={onEdit} />
          {role.members === 0 && (
            <IconButton
              bare
              size="small"
              label={`${t('delete')}: ${name}`}
              icon={<Trash2 />}
              onClick={() => void ask()}
            />
          )}
        </>
      )}
    </li>
  )
}
