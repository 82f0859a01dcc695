import { FileInput } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Dropzone } from '../../components/dropzone.tsx'
import { Notice } from '../../components/notice.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useImportSprite } from './api.ts'

const mostBytes = 10 * 1024 * 1024
const accept = { 'image/png': ['.png'], 'application/json': ['.json'] }

/** Takes over a sprite drawn in Aseprite: its sheet and the JSON exported with it. */
export function ImportSprite({ projectId }: { projectId: string }) {
  const t = useTranslations('sprites.import')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const [open, setOpen] = useState(false)
  const [files, setFiles] = useState<{ sheet?: File; data?: File }>({})
  const [refused, setRefused] = useState<string[]>([])
  const take = useImportSprite(projectId, {
    onSuccess: ({ filename }) => {
      close(false)
      notify(t('done', { name: filename }))
    },
  })
  const close = (next: boolean) => {
    setOpen(next)
    setFiles({})
    setRefused([])
    take.reset()
  }
  const add = (added: readonly File[]) => {
    setRefused([])
    take.reset()
    const sheet = added.find(({ name }) => /\.png$/i.test(name))
    const data = added.find(({ name }) => /\.json$/i.test(name))
    setFiles((before) => ({ ...before, ...(sheet && { sheet }), ...(data && { data }) }))
  }
  const { sheet, data } = files
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('title')}
      description={t('description')}
      trigger={
        <Button look="quiet" size="small" icon={<FileInput />}>
          {t('open')}
        </Button>
      }
      footer={
        <>
          <Button look="quiet" onClick={() => close(false)}>
            {common('cancel')}
          </Button>
          <Button
            look="primary"
            disabled={!sheet || !data}
            pending={take.isPending}
            onClick={() => sheet && data && take.mutate({ sheet, data })}
          >
            {t('submit')}
          </Button>
        </>
      }
    >
      <Dropzone label={t('title')} accept={accept} maxSizeBytes={mostBytes} onFiles={add} onRefused={setRefused} />
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">{t('sheet')}</dt>
        <dd className="truncate">{sheet?.name ?? t('missing')}</dd>
        <dt className="text-muted">{t('data')}</dt>
        <dd className="truncate">{data?.name ?? t('missing')}</dd>
      </dl>
      {refused.map((reason) => (
        <Notice key={reason} tone="warn" className="mt-3">
          {reason}
        </Notice>
      ))}
      {take.isError && (
        <Notice tone="bad" className="mt-3">
          {textOf(take.error)}
        </Notice>
      )}
    </Dialog>
  )
}
