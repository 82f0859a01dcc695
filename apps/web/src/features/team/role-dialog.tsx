import { studioRoles } from '@sparkle/shared/permissions'
import type { UserView } from '@sparkle/shared/users'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCan } from '../../lib/session.tsx'
import type { ChosenRole } from './api.ts'
import { rightsQueries } from './rights-api.ts'
import { RoleChoice } from './role-choice.tsx'
import { RoleDetails } from './role-details.tsx'

interface RoleDialogProps {
  member: UserView
  onChange: (choice: ChosenRole) => void
  onClose: () => void
}

/** Another role for somebody, with what it means before it counts. */
export function RoleDialog({ member, onChange, onClose }: RoleDialogProps) {
  const t = useTranslations('team')
  // Who has not joined yet has no membership that a role of the studio could be kept with.
  const own = useQuery({ ...rightsQueries.roles, enabled: useCan('roles:read') }).data?.items ?? []
  const offered = member.status === 'invited' ? [] : own
  const present = member.customRole?.id ?? member.role
  const [chosen, setChosen] = useState<string>(present)
  const builtIn = studioRoles.find((name) => name === chosen)
  const submit = () => {
    const custom = offered.find(({ id }) => id === chosen)
    if (chosen !== present && custom)
      onChange({ role: custom.baseRole, customRole: { id: custom.id, name: custom.name } })
    else if (chosen !== present && builtIn) onChange({ role: builtIn, customRole: null })
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
        <RoleChoice value={chosen} onChange={setChosen} own={offered} />
        <RoleDetails chosen={builtIn} />
      </div>
    </Dialog>
  )
}
