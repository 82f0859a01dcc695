import { zodResolver } from '@hookform/resolvers/zod'
import { createViewInput, type SavedView } from '@sparkle/shared/project-views'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import type { ViewState } from './view-params.ts'
import { isNameTaken, useSaveView, useUpdateView, viewsQuery } from './views-api.ts'

const viewForm = createViewInput.pick({ name: true, shared: true })

interface SaveViewDialogProps {
  /** The view to rename or share; null saves what the page shows as a new one. */
  view: SavedView | null
  now: ViewState
  onClose: () => void
  onSaved: (view: SavedView) => void
}

export function SaveViewDialog({ view, now, onClose, onSaved }: SaveViewDialogProps) {
  const t = useTranslations('projects.views')
  const common = useTranslations('common')
  const id = useId()
  const create = useSaveView((made) => {
    onClose()
    onSaved(made)
  })
  const update = useUpdateView()
  const views = useQuery(viewsQuery).data?.items ?? []
  const { control, handleSubmit, setError } = useForm({
    resolver: zodResolver(viewForm),
    defaultValues: { name: view?.name ?? '', shared: view?.shared ?? false },
  })
  const submit = handleSubmit(({ name, shared = false }) => {
    if (isNameTaken(views, name, view)) {
      setError('name', { message: t('nameTaken') }, { shouldFocus: true })
      return
    }
    if (view) update.mutate({ view, changes: { name, shared } }, { onSuccess: onClose })
    else create.mutate({ ...now, sort: now.sort as SavedView['sort'], name, shared })
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={view ? t('rename') : t('saveTitle')}
      description={view ? undefined : t('saveBody')}
      width="small"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button look="primary" type="submit" form={id} pending={create.isPending || update.isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
        <FormField control={control} name="name" label={t('name')}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <Controller
          control={control}
          name="shared"
          render={({ field }) => (
            <Checkbox
              name={field.name}
              ref={field.ref}
              onBlur={field.onBlur}
              checked={field.value === true}
              onCheckedChange={field.onChange}
              label={t('shared')}
            />
          )}
        />
      </form>
    </Dialog>
  )
}
