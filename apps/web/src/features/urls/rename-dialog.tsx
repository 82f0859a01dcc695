import type { UrlView } from '@sparkle/shared/urls'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { notify } from '../../components/toast.tsx'
import { useUpdateUrl } from './api.ts'
import { Refusal } from './reserve-form.tsx'
import { SlugChoiceFields, useSlugChoice } from './slug-choice.tsx'

interface RenameDialogProps {
  url: UrlView
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function RenameDialog({ url, open, onOpenChange }: RenameDialogProps) {
  const t = useTranslations('urls.rename')
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={url.deployedAt ? t('bodyLive') : t('body')}
      width="small"
    >
      <RenameForm url={url} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function RenameForm({ url, onDone }: { url: UrlView; onDone: () => void }) {
  const t = useTranslations('urls.rename')
  const choice = useSlugChoice(url.slug, url.slug)
  const rename = useUpdateUrl(url, (saved) => {
    notify(t('done', { slug: saved.slug }))
    onDone()
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (rename.isPending || !choice.input) return
        rename.mutate(choice.input)
      }}
    >
      <SlugChoiceFields label={t('label')} host={new URL(url.fullUrl).host} choice={choice} />
      {rename.error && <Refusal error={rename.error} />}
      <Button type="submit" look="primary" pending={rename.isPending} disabled={!choice.input} className="self-end">
        {t('submit')}
      </Button>
    </form>
  )
}
