import type { AuditDetail } from '@sparkle/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { LockOpen } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { SideSheet } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useFormats } from '../../lib/format.ts'
import { useCan } from '../../lib/session.tsx'
import { auditQueries } from './api.ts'
import { FieldDiff, FieldList } from './field-diff.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { useAuditWords } from './words.ts'

/** One entry of the log beside the list: what was changed from what to what, and the way back. */
export function EntrySheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  return id ? <OpenSheet key={id} id={id} onClose={onClose} /> : null
}

function OpenSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('audit.entry')
  const words = useAuditWords()
  const { dateTime } = useFormats()
  const [personal, setPersonal] = useState(false)
  const [restoring, setRestoring] = useState<'before' | 'after' | null>(null)
  const mayRestore = useCan('audit:restore')
  const entry = useQuery({ ...auditQueries.entry(id, personal), placeholderData: (previous) => previous })
  const { data } = entry
  return (
    <>
      <SideSheet
        open
        onOpenChange={(open) => open || onClose()}
        width="large"
        title={data ? `${words.action(data.action)}: ${words.subject(data)}` : t('changes')}
        description={data && t('by', { who: words.actor(data.actor), at: dateTime(data.at) })}
        footer={
          data?.restorable &&
          mayRestore && (
            <>
              {data.had.before && <Button onClick={() => setRestoring('before')}>{t('restoreBefore')}</Button>}
              {data.had.after && <Button onClick={() => setRestoring('after')}>{t('restoreAfter')}</Button>}
            </>
          )
        }
      >
        {entry.isPending && <SkeletonList rows={6} className="h-10" />}
        {entry.isError && <ErrorState error={entry.error} onRetry={() => void entry.refetch()} />}
        {data && <Body entry={data} opened={personal} onOpen={() => setPersonal(true)} />}
      </SideSheet>
      {restoring && <RestoreDialog id={id} state={restoring} onClose={() => setRestoring(null)} onDone={onClose} />}
    </>
  )
}

function Body({ entry, opened, onOpen }: { entry: AuditDetail; opened: boolean; onOpen: () => void }) {
  const t = useTranslations('audit.entry')
  const mayOpen = useCan('audit:personal')
  const compared = entry.had.before && entry.had.after
  const changed = compared
    ? entry.fields.filter((field) => field.changed && field.name !== 'version' && field.name !== 'updatedAt')
    : []
  const rest = entry.fields.filter((field) => !changed.includes(field))
  const facts = Object.entries(entry.facts).filter(([name]) => !entry.fields.some((field) => field.name === name))
  const sealed = entry.fields.some(({ state }) => state === 'sealed')
  return (
    <div className="flex flex-col gap-6">
      {changed.length > 0 && (
        <section aria-label={t('changes')}>
          <h3 className="mb-2 font-strong">{t('changes')}</h3>
          <FieldDiff rows={changed} sides={[t('before'), t('after')]} />
        </section>
      )}
      {entry.fields.length === 0 && <p className="text-muted">{t('noChange')}</p>}
      {sealed && mayOpen && (
        <Button size="small" icon={<LockOpen />} onClick={onOpen} className="self-start">
          {t('open')}
        </Button>
      )}
      {opened && <p className="text-small text-muted">{t('opened')}</p>}
      {facts.length > 0 && (
        <Section title={t('facts')}>
          <FieldList rows={facts.map(([name, value]) => ({ name, state: 'plain' as const, value }))} />
        </Section>
      )}
      {rest.length > 0 && (
        <details open={!compared}>
          <summary className="mb-2 cursor-pointer font-strong">{t('whole')}</summary>
          <FieldList rows={rest.map(({ name, state, before, after }) => ({ name, state, value: after ?? before }))} />
        </details>
      )}
      <Origin entry={entry} />
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-strong">{title}</h3>
      {children}
    </section>
  )
}

/** From where it was done, and its place in the chain. */
function Origin({ entry }: { entry: AuditDetail }) {
  const t = useTranslations('audit.entry')
  const lines = [
    [t('where'), entry.address],
    [t('agent'), entry.userAgent],
    [t('request'), entry.requestId],
    [t('seal'), entry.seq === null ? t('unsealed') : `${entry.seq} · ${entry.hash?.slice(0, 16) ?? ''}`],
  ] as const
  return (
    <div className="border-t border-line pt-4 text-small">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {lines.map(
          ([label, value]) =>
            value && (
              <div key={label} className="contents">
                <dt className="text-muted">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {entry.projectId && (
        <Link
          to={`/projects/${entry.projectId}`}
          className="mt-3 inline-block rounded-[4px] underline underline-offset-3"
        >
          {t('toProject')}
        </Link>
      )}
    </div>
  )
}
