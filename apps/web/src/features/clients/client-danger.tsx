import type { AccountDetail, ContactView } from '@sparkle/shared/accounts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Download, Merge, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { clientQueries, useExportPerson, useMergeClient } from './api.ts'
import { EraseDialog } from './erase-dialog.tsx'

/** What changes a client as a whole, and what a person may ask of the studio. */
export function ClientDanger({ client }: { client: AccountDetail }) {
  const t = useTranslations('clients')
  const mayMerge = useCan('accounts:update')
  const mayExport = useCan('people:export')
  const mayErase = useCan('people:erase')
  const [merging, setMerging] = useState(false)
  const [erased, setErased] = useState<ContactView | null>(null)
  if (!mayMerge && !mayExport && !mayErase) return null
  return (
    <Card title={t('danger')}>
      <ul className="flex flex-col gap-3">
        {(mayExport || mayErase) &&
          client.contacts.map((contact) => (
            <li key={contact.id} className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0 truncate">{contact.name}</span>
              <span className="flex flex-wrap gap-2">
                {mayExport && <ExportButton contact={contact} />}
                {mayErase && (
                  <Button size="small" look="danger" icon={<UserRoundX />} onClick={() => setErased(contact)}>
                    {t('erase')}
                  </Button>
                )}
              </span>
            </li>
          ))}
        {mayMerge && (
          <li>
            <Button size="small" icon={<Merge />} onClick={() => setMerging(true)}>
              {t('merge')}
            </Button>
          </li>
        )}
      </ul>
      {merging && <MergeDialog client={client} onClose={() => setMerging(false)} />}
      {erased && <EraseDialog person={erased} onClose={() => setErased(null)} />}
    </Card>
  )
}

function ExportButton({ contact }: { contact: ContactView }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const ask = useExportPerson()
  return (
    <Button
      size="small"
      icon={<Download />}
      pending={ask.isPending}
      onClick={() =>
        ask.mutate(
          { contactId: contact.id },
          {
            onSuccess: () => notify(t('exportAsked')),
            onError: (error) => notify(textOf(error), { tone: 'bad' }),
          },
        )
      }
    >
      {t('export')}
    </Button>
  )
}

function MergeDialog({ client, onClose }: { client: AccountDetail; onClose: () => void }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const navigate = useNavigate()
  const merge = useMergeClient(client.id)
  const others = useInfiniteQuery(clientQueries.list({ q: '', kind: undefined, sort: 'name' }))
  const [into, setInto] = useState<string | null>(null)
  const options =
    others.data?.pages
      .flatMap(({ items }) => items)
      .filter(({ id }) => id !== client.id)
      .map(({ id, name }) => ({ value: id, label: name })) ?? []
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('mergeTitle', { name: client.name })}
      description={t('mergeBody', { name: client.name })}
      footer={
        <Button
          look="danger"
          disabled={into === null}
          pending={merge.isPending}
          onClick={() =>
            into &&
            merge.mutate(into, {
              onSuccess: ({ items }) => {
                notify(t('merged', { count: items.length }))
                void navigate(`/clients/${into}`, { replace: true })
                onClose()
              },
            })
          }
        >
          {t('merge')}
        </Button>
      }
    >
      {merge.error && <Notice tone="bad">{textOf(merge.error)}</Notice>}
      <Field label={t('mergeInto')}>
        {(control) => <Select {...control} options={options} value={into} onValueChange={setInto} />}
      </Field>
    </Dialog>
  )
}
