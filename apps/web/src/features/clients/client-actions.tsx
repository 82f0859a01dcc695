import { zodResolver } from '@hookform/resolvers/zod'
import { type AccountDetail, accountKinds, createAccountInput } from '@sparkle/shared/accounts'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { useChangeClient, useDeleteClient } from './api.ts'

/** What can be done with a client as such: another name or kind, and its end where nothing hangs on it. */
export function ClientActions({ client }: { client: AccountDetail }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const navigate = useNavigate()
  const confirm = useConfirm()
  const mayChange = useCan('accounts:update')
  const mayDelete = useCan('accounts:delete')
  const [editing, setEditing] = useState(false)
  const remove = useDeleteClient(client)
  if (!mayChange && !mayDelete) return null
  const { name } = client
  // What the API would refuse, as far as it can be seen from here; pets and open invitations it knows alone.
  const inUse = client.projectCount + client.memberCount + client.consents.length > 0
  const askToDelete = async () => {
    const sure = await confirm({
      title: t('deleteTitle', { name }),
      body: t('deleteBody', { count: client.contactCount }),
      confirmLabel: t('delete'),
      danger: true,
    })
    if (!sure) return
    remove.mutate(undefined, {
      onSuccess: () => {
        notify(t('deleted', { name }))
        void navigate('/clients', { replace: true })
      },
      onError: (error) => notify(textOf(error), { tone: 'bad' }),
    })
  }
  return (
    <>
      <Menu align="end" trigger={<IconButton label={t('actions', { name })} icon={<Ellipsis />} />}>
        {mayChange && (
          <MenuItem icon={<Pencil />} onSelect={() => setEditing(true)}>
            {t('change')}
          </MenuItem>
        )}
        {mayDelete && (
          <>
            <MenuSeparator />
            {inUse && <p className="max-w-64 px-2 py-1.5 text-small text-muted">{t('inUse')}</p>}
            <MenuItem icon={<Trash2 />} danger disabled={inUse} onSelect={() => void askToDelete()}>
              {t('delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {editing && <ClientDialog client={client} onClose={() => setEditing(false)} />}
    </>
  )
}

const clientForm = createAccountInput.pick({ name: true }).extend({ kind: createAccountInput.shape.kind.unwrap() })

function ClientDialog({ client, onClose }: { client: AccountDetail; onClose: () => void }) {
  const t = useTranslations('clients')
  const formId = useId()
  const textOf = useProblemText()
  const change = useChangeClient(client)
  const [refusal, setRefusal] = useState<unknown>(null)
  const { name, kind } = client
  const form = useForm({ resolver: zodResolver(clientForm), defaultValues: { name, kind } })
  const submit = form.handleSubmit(async (input) => {
    setRefusal(null)
    try {
      await change.mutateAsync(input)
      notify(t('saved'))
      onClose()
    } catch (error) {
      setRefusal(showFieldProblems(form, error) ? null : error)
    }
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('changeTitle', { name })}
      footer={
        <Button type="submit" form={formId} look="primary" pending={change.isPending}>
          {t('save')}
        </Button>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        {refusal !== null && <Notice tone="bad">{textOf(refusal)}</Notice>}
        <FormField control={form.control} name="name" label={t('name')}>
          {(field) => <Input {...field} autoComplete="off" maxLength={120} />}
        </FormField>
        <FormField control={form.control} name="kind" label={t('kindLabel')}>
          {({ onChange, ...field }) => (
            <Select
              {...field}
              onValueChange={onChange}
              options={accountKinds.map((value) => ({ value, label: t(`oneKind.${value}`) }))}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  )
}
