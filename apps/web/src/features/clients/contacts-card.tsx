import type { AccountDetail, ContactView } from '@sparkle/shared/accounts'
import { Mail, Pencil, Phone, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { useRemoveContact, useSaveContact } from './api.ts'
import { ContactDialog } from './contact-form.tsx'

export function ContactsCard({ client }: { client: AccountDetail }) {
  const t = useTranslations('clients')
  const mayChange = useCan('accounts:update')
  const save = useSaveContact(client.id)
  const [edited, setEdited] = useState<ContactView | 'new' | null>(null)
  const known = edited === 'new' ? null : edited
  return (
    <Card
      title={t('contacts')}
      action={
        mayChange && (
          <Button size="small" icon={<Plus />} onClick={() => setEdited('new')}>
            {t('addContact')}
          </Button>
        )
      }
    >
      {client.contacts.length === 0 ? (
        <p className="text-muted">{t('noContacts')}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {client.contacts.map((contact) => (
            <Contact
              key={contact.id}
              contact={contact}
              onEdit={mayChange ? () => setEdited(contact) : undefined}
              accountId={client.id}
            />
          ))}
        </ul>
      )}
      <ContactDialog
        key={known?.id ?? 'new'}
        open={edited !== null}
        onOpenChange={(open) => !open && setEdited(null)}
        title={known ? t('editContact', { name: known.name }) : t('addContact')}
        known={known}
        pending={save.isPending}
        onSave={(input) => save.mutateAsync({ ...input, known })}
      />
    </Card>
  )
}

function Contact({
  contact,
  accountId,
  onEdit,
}: {
  contact: ContactView
  accountId: string
  onEdit: (() => void) | undefined
}) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const confirm = useConfirm()
  const remove = useRemoveContact(accountId)
  const { name, email, phone } = contact
  const askToRemove = async () => {
    const sure = await confirm({
      title: t('removeTitle', { name }),
      body: t('removeBody'),
      confirmLabel: t('removeContact'),
      danger: true,
    })
    if (sure) remove.mutate(contact, { onError: (error) => notify(textOf(error), { tone: 'bad' }) })
  }
  return (
    <li className="flex items-start gap-2">
      <div className="min-w-0 grow">
        <p className="truncate font-strong">{name}</p>
        {email && (
          <a href={`mailto:${email}`} className="flex items-center gap-1.5 text-muted hover:text-ink">
            <Mail className="size-3.5 shrink-0" aria-hidden="true" />
            <span className="truncate">{email}</span>
          </a>
        )}
        {phone && (
          <a
            href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}
            className="flex items-center gap-1.5 text-muted hover:text-ink"
          >
            <Phone className="size-3.5 shrink-0" aria-hidden="true" />
            {phone}
          </a>
        )}
      </div>
      {onEdit && (
        <>
          <IconButton label={t('editContact', { name })} icon={<Pencil />} onClick={onEdit} />
          <IconButton label={`${t('removeContact')}: ${name}`} icon={<Trash2 />} onClick={() => void askToRemove()} />
        </>
      )}
    </li>
  )
}
