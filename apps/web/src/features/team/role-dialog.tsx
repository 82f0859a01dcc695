import { studioRoles, type StudioRole } from '@sparkle/shared/permissions'
import type { UserView } from '@sparkle/shared/users'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RoleChoice } from './role-choice.tsx'
import { RoleDetails } from './role-details.tsx'

interface RoleDialogProps {
  member: UserView
  onChange: (role: StudioRole) => void
  onClose: () => void
}

/** Another role for somebody, with what it means before it counts. */
export function RoleDialog({ member, onChange, onClose }: RoleDialogProps) {
  const t = useTranslations('team')
  const [role, setRole] = useState<StudioRole>(studioRoles.find((name) => name === member.role) ?? 'artist')
  const submit = () => {
    if (role !== member.role) onChange(role)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('roleTitle', { name: member.displayName })}
      description={t('roleBody')}
      footer={
        <Button look="primary" onClick={submit}>
          {t('roleSubmit')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <RoleChoice value={role} onChange={setRole} />
        <RoleDetails chosen={role} />
      </div>
    </Dialog>
  )
}
