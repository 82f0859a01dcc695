import { zodResolver } from '@hookform/resolvers/zod'
import { hostingPageInput, type HostingPageView } from '@sparkle/shared/domains'
import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import type { FieldWords } from '../../components/merge-dialog.tsx'
import { SaveProblem } from '../../components/save-problem.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { useSavedForm } from '../../lib/use-saved-form.ts'
import { hostingPageQuery, useSaveHostingPage } from './api.ts'

const valuesOf = ({ message, linkLabel, linkUrl }: HostingPageView): z.input<typeof hostingPageInput> => ({
  message,
  linkLabel,
  linkUrl,
})

/** The studio's own words on the page of a game that has ended, or is not there on its domain. */
export function HostingPageForm({ page, mayChange }: { page: HostingPageView; mayChange: boolean }) {
  const t = useTranslations('domains.page')
  const settings = useTranslations('settings')
  const client = useQueryClient()
  const update = useSaveHostingPage()
  const { form, isDirty, submit, takeOver, merging, discard } = useSavedForm({
    record: page,
    valuesOf,
    resolver: zodResolver(hostingPageInput),
  })
  const save = () =>
    submit({
      save: (values, _dirty, version) => update.mutateAsync({ ...values, version }),
      onSaved: () => notify(settings('saved')),
    })
  const words: FieldWords = { label: (name) => t(name as keyof ReturnType<typeof valuesOf>) }
  const reload = async () => {
    takeOver(await client.fetchQuery({ ...hostingPageQuery, staleTime: 0 }))
    update.reset()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      noValidate
    >
      <LeaveGuard when={isDirty} />
      <Card title={t('title')}>
        <p className="-mt-2 mb-4 text-muted">{t('body')}</p>
        <SaveProblem error={update.error} reload={reload} merging={merging} words={words} save={() => void save()} />
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField
            control={form.control}
            name="message"
            label={t('message')}
            hint={t('messageHint')}
            optional
            className="sm:col-span-2"
          >
            {(field) => <Textarea {...field} disabled={!mayChange} maxLength={280} rows={2} />}
          </FormField>
          <FormField control={form.control} name="linkLabel" label={t('linkLabel')} optional>
            {(field) => <Input {...field} disabled={!mayChange} maxLength={60} autoComplete="off" />}
          </FormField>
          <FormField control={form.control} name="linkUrl" label={t('linkUrl')} optional>
            {(field) => (
              <Input {...field} disabled={!mayChange} maxLength={300} inputMode="url" placeholder={t('linkExample')} />
            )}
          </FormField>
        </div>
        {mayChange && (
          <div className="mt-4">
            <SaveRow
              dirty={isDirty}
              pending={update.isPending}
              onDiscard={() => {
                discard()
                update.reset()
              }}
            />
          </div>
        )}
      </Card>
    </form>
  )
}
