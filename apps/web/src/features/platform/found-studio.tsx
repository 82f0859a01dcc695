import { zodResolver } from '@hookform/resolvers/zod'
import { foundOrganizationInput } from '@sparkle/shared/organizations'
import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useFoundStudio } from './api.ts'

/** A new studio begins with its name, its address and who is invited to run it. */
export function FoundStudioButton() {
  const t = useTranslations('platform.found')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" icon={<Plus />} onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      {open && <FoundDialog onClose={() => setOpen(false)} />}
    </>
  )
}

const schema = foundOrganizationInput.required({ adminEmail: true })

function FoundDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('platform.found')
  const textOf = useProblemText()
  const navigate = useNavigate()
  const formId = useId()
  const found = useFoundStudio()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '', slug: '', adminEmail: '' } })
  const submit = form.handleSubmit((input) =>
    found.mutate(input, { onSuccess: ({ id }) => void navigate(`/platform/${id}`) }),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('title')}
      description={t('body')}
      width="small"
      footer={
        <Button type="submit" form={formId} look="primary" pending={found.isPending}>
          {t('confirm')}
        </Button>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {found.isError && <Notice tone="bad">{textOf(found.error)}</Notice>}
        <FormField control={form.control} name="name" label={t('name')}>
          {(field) => <Input {...field} maxLength={80} autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="slug" label={t('slug')} hint={t('slugHint')}>
          {(field) => (
            <Input
              {...field}
              maxLength={40}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </FormField>
        <FormField control={form.control} name="adminEmail" label={t('admin')} hint={t('adminHint')}>
          {(field) => <Input {...field} type="email" autoComplete="off" />}
        </FormField>
      </form>
    </Dialog>
  )
}
