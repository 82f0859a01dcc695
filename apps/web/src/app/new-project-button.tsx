import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../components/button.tsx'
import { NewProjectDialog } from '../features/projects/new-project-dialog.tsx'
import { useAction } from '../lib/actions.tsx'
import { useCan } from '../lib/session.tsx'

/**
 * Opens the dialog for a new project, also on `c`; afterwards it leads to the project. Where a page shows it twice, one
 * goes without the key, or the palette lists it twice.
 */
export function NewProjectButton({ withKey = true }: { withKey?: boolean }) {
  const t = useTranslations('projects.list')
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const mayCreate = useCan('projects:create')
  useAction(
    mayCreate && withKey
      ? { id: 'new-project', label: t('new'), group: 'create', keys: 'c', icon: Plus, run: () => setOpen(true) }
      : null,
  )
  if (!mayCreate) return null
  return (
    <>
      <Button
        look="primary"
        icon={<Plus />}
        aria-keyshortcuts={withKey ? 'c' : undefined}
        onClick={() => setOpen(true)}
      >
        {t('new')}
      </Button>
      <NewProjectDialog open={open} onOpenChange={setOpen} onCreated={({ id }) => void navigate(`/projects/${id}`)} />
    </>
  )
}
