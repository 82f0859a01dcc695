import { zodResolver } from '@hookform/resolvers/zod'
import { renameFileInput, type ProjectFileView } from '@sparkle/shared/project-files'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { useRenameDocument } from './api.ts'

export function RenameDialog({ file, onClose }: { file: ProjectFileView; onClose: () => void }) {
  const t = useTranslations('projects.files')
  const common = useTranslations('common')
  const id = useId()
  const rename = useRenameDocument()
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(renameFileInput),
    defaultValues: { name: file.name },
  })
  const submit = handleSubmit(({ name }) => {
    if (name === file.name) onClose()
    else rename.mutate({ file, name }, { onSuccess: onClose })
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('renameTitle')}
      width="small"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button look="primary" type="submit" form={id} pending={rename.isPending}>
            {t('rename')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={(event) => void submit(event)} noValidate>
        <FormField control={control} name="name" label={t('name')}>
          {(field) => <Input {...field} autoComplete="off" maxLength={200} />}
        </FormField>
      </form>
    </Dialog>
  )
}
