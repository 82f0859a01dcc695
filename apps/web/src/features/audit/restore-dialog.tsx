import type { RestoreInput, RestorePreview } from '@sparkle/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { useCan } from '../../lib/session.tsx'
import { auditQueries, useRestore } from './api.ts'
import { FieldDiff } from './field-diff.tsx'
import { useAuditWords } from './words.ts'

interface RestoreDialogProps {
  id: string
  state: RestoreInput['state']
  onClose: () => void
  onDone: () => void
}

/** What a restore would change now and what follows from it, before anything happens. */
export function RestoreDialog({ id, state, onClose, onDone }: RestoreDialogProps) {
  const t = useTranslations('audit.restore')
  const common = useTranslations('common')
  const preview = useQuery(auditQueries.preview(id, state))
  const restore = useRestore()
  const version = preview.data?.version
  const submit = () =>
    version !== undefined &&
    restore.mutate(
      { id, state, version },
      {
        onSuccess: () => {
          notify(t('done'))
          onClose()
          onDone()
        },
        // Somebody else was faster: what would change is another by now.
        onError: () => void preview.refetch(),
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(state === 'before' ? 'titleBefore' : 'titleAfter')}
      description={t('body')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            look="primary"
            pending={restore.isPending}
            disabled={!preview.data || preview.data.steps.length === 0}
            onClick={submit}
          >
            {t('confirm')}
          </Button>
        </>
      }
    >
      {preview.isPending && <SkeletonList rows={3} className="h-10" />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && <Plan preview={preview.data} />}
    </Dialog>
  )
}

function Plan({ preview: { steps, effects, kept } }: { preview: RestorePreview }) {
  const t = useTranslations('audit.restore')
  const words = useAuditWords()
  const mayOpen = useCan('audit:personal')
  return (
    <div className="flex flex-col gap-5">
      {steps.length === 0 ? (
        <p>{t('nothing')}</p>
      ) : (
        <FieldDiff
          sides={[t('now'), t('then')]}
          rows={steps.map(({ field, personal, from, to }) => ({
            name: field,
            state: personal && !mayOpen ? 'sealed' : 'plain',
            before: from,
            after: to,
          }))}
        />
      )}
      {effects.length > 0 && (
        <section>
          <h3 className="mb-1 font-strong">{t('effects')}</h3>
          <ul className="list-disc pl-5">
            {effects.map((effect) => (
              <li key={effect}>{t(`effect.${effect}`)}</li>
            ))}
          </ul>
        </section>
      )}
      {kept.length > 0 && (
        <section>
          <h3 className="mb-1 font-strong">{t('kept')}</h3>
          <ul className="list-disc pl-5 text-muted">
            {kept.map(({ field, reason }) => (
              <li key={field}>{t('keptLine', { field: words.field(field), reason: t(`reason.${reason}`) })}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
