import { zodResolver } from '@hookform/resolvers/zod'
import { renameAssetInput, type AssetItem } from '@sparkle/shared/assets'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { useRenameAsset } from './api.ts'

/** The list shows the new name at once, so the dialog need not wait. */
export function RenameDialog({ asset, onClose }: { asset: AssetItem; onClose: () => void }) {
  const t = useTranslations('assets')
  const common = useTranslations('common')
  const id = useId()
  const rename = useRenameAsset()
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(renameAssetInput),
    defaultValues: { filename: asset.filename },
  })
  const submit = handleSubmit(({ filename }) => {
    if (filename !== asset.filename) rename.mutate({ asset, filename })
    onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('renameTitle', { name: asset.filename })}
      width="small"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button look="primary" type="submit" form={id}>
            {t('rename')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={(event) => void submit(event)} noValidate>
        <FormField control={control} name="filename" label={t('newName')}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
      </form>
    </Dialog>
  )
}
