import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../components/button.tsx'
import { NewProjectDialog } from '../features/projects/new-project-dialog.tsx'
import { useAction } from '../lib/actions.tsx'
import { useCan } from '../lib/session.tsx'

/** Opens the dialog for a new project; afterwards it leads to the project. */
export function NewProjectButton() {
  const t = useTranslations('projects.list')
  const [open, setOpen] = useState(false)
  if (!useCan('projects:create')) return null
  return (
    <>
      <Button look="primary" icon={<Plus />} aria-keyshortcuts="c" onClick={() => setOpen(true)}>
        {t('new')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} />
    </>
  )
}

/** The same from everywhere: on `c`, and from the palette. Once, in the frame. */
export function NewProjectAction() {
  const t = useTranslations('projects.list')
  const [open, setOpen] = useState(false)
  const mayCreate = useCan('projects:create')
  useAction(
    mayCreate
      ? { id: 'new-project', label: t('new'), group: 'create', keys: 'c', icon: Plus, run: () => setOpen(true) }
      : null,
  )
  return mayCreate ? <Dialog open={open} onOpenChange={setOpen} /> : null
}

function Dialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const navigate = useNavigate()
  return <NewProjectDialog {...props} onCreated={({ id }) => void navigate(`/projects/${id}`)} />
}
