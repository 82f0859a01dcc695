import type { AccountDetail } from '@sparkle/shared/accounts'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../components/button.tsx'
import { clientQueries } from '../features/clients/api.ts'
import { NewProjectDialog } from '../features/projects/new-project-dialog.tsx'
import { useCan } from '../lib/session.tsx'

/** A new project of a client who is known: their name and address are filled in, and so is a pet that has been here. */
export function NewProjectFor({ client }: { client: AccountDetail }) {
  const t = useTranslations('projects.list')
  const navigate = useNavigate()
  const mayCreate = useCan('projects:create')
  const [open, setOpen] = useState(false)
  const pets = useQuery({ ...clientQueries.pets(client.id), enabled: mayCreate })
  if (!mayCreate) return null
  const [contact] = client.contacts
  return (
    <>
      <Button look="primary" icon={<Plus />} onClick={() => setOpen(true)}>
        {t('new')}
      </Button>
      <NewProjectDialog
        open={open}
        onOpenChange={setOpen}
        onCreated={({ id }) => void navigate(`/projects/${id}`)}
        known={{
          customerName: contact?.name ?? client.name,
          customerEmail: contact?.email ?? '',
          pets: pets.data?.items.filter((one) => one.kind === 'pet') ?? [],
        }}
      />
    </>
  )
}
