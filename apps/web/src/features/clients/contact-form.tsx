import { zodResolver } from '@hookform/resolvers/zod'
import { addContactInput, type AddContactInput } from '@sparkle/shared/accounts'
import { useId, useState, type ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'

interface ContactDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  known: { name: string; email: string | null; phone: string | null } | null
  pending: boolean
  /** Above the fields: what kind of client it is. */
  children?: ReactNode
  /** Rejects with the API's refusal. */
  onSave: (input: AddContactInput) => Promise<unknown>
}

/** Who somebody is and how they are reached; also how a client is added. */
export function ContactDialog({
  open,
  onOpenChange,
  title,
  description,
  pending,
  children,
  ...rest
}: ContactDialogProps) {
  const t = useTranslations('clients')
  const formId = useId()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <Button type="submit" form={formId} look="primary" pending={pending}>
          {t('save')}
        </Button>
      }
    >
      {children}
      <ContactForm id={formId} {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function ContactForm({
  id,
  known,
  onSave,
  onDone,
}: Pick<ContactDialogProps, 'known' | 'onSave'> & { id: string; onDone: () => void }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const [refusal, setRefusal] = useState<unknown>(null)
  const form = useForm({
    resolver: zodResolver(addContactInput),
    defaultValues: { name: known?.name ?? '', email: known?.email ?? null, phone: known?.phone ?? null },
  })
  const submit = form.handleSubmit(async (input) => {
    setRefusal(null)
    try {
      await onSave(input)
      onDone()
    } catch (error) {
      setRefusal(showFieldProblems(form, error) ? null : error)
    }
  })
  return (
    <form id={id} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {refusal !== null && <Notice tone="bad">{textOf(refusal)}</Notice>}
      <FormField control={form.control} name="name" label={t('name')}>
        {(field) => <Input {...field} autoComplete="off" maxLength={120} />}
      </FormField>
      <FormField control={form.control} name="email" label={t('email')} optional>
        {({ value, onChange, ...field }) => (
          <Input
            {...field}
            type="email"
            autoComplete="off"
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value || null)}
          />
        )}
      </FormField>
      <FormField control={form.control} name="phone" label={t('phone')} optional>
        {({ value, onChange, ...field }) => (
          <Input
            {...field}
            type="tel"
            autoComplete="off"
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value || null)}
          />
        )}
      </FormField>
    </form>
  )
}
