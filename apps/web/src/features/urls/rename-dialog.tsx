import type { UrlView } from '@sparkle/shared/urls'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { notify } from '../../components/toast.tsx'
import { useRenameUrl } from './api.ts'
import { Refusal } from './reserve-form.tsx'
import { SlugField, useSlugCheck } from './slug-field.tsx'

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
  const [slug, setSlug] = useState(url.slug)
  const check = useSlugCheck(slug, url.slug)
  const rename = useRenameUrl(url, (saved) => {
    notify(t('done', { slug: saved.slug }))
    onDone()
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (rename.isPending || check.state !== 'free') return
        rename.mutate(slug)
      }}
    >
      <SlugField label={t('label')} host={new URL(url.fullUrl).host} value={slug} onChange={setSlug} check={check} />
      {rename.error && <Refusal error={rename.error} />}
      <Button
        type="submit"
        look="primary"
        pending={rename.isPending}
        disabled={check.state !== 'free'}
        className="self-end"
      >
        {t('submit')}
      </Button>
    </form>
  )
}
