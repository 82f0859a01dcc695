import { zodResolver } from '@hookform/resolvers/zod'
import { updateOrganizationInput, type OrganizationView } from '@sparkle/shared/organizations'
import { Controller, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { notify } from '../../components/toast.tsx'
import { changedValues, showFieldProblems } from '../../lib/forms.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { AccentField } from './accent-field.tsx'
import { useUpdateStudio, type UpdateStudioInput } from './api.ts'

/** Name, tagline, accent and the rule of approval. Only what was changed is sent, on the version that was read. */
export function StudioForm({ studio }: { studio: OrganizationView }) {
  const t = useTranslations('settings.studio')
  const settings = useTranslations('settings')
  const textOf = useProblemText()
  const mayChange = useCan('studio:update')
  const update = useUpdateStudio()
  const { name, tagline, accent, requireApproval } = studio
  const form = useForm<UpdateStudioInput>({
    resolver: zodResolver(updateOrganizationInput),
    values: { name, tagline, accent, requireApproval },
    resetOptions: { keepDirtyValues: true },
  })
  const { dirtyFields, isDirty } = form.formState
  const submit = form.handleSubmit((values) => {
    if (update.isPending) return
    update.mutate(
      { ...changedValues(values, dirtyFields), version: studio.version },
      {
        onSuccess: (saved) => {
          form.reset(saved)
          notify(settings('saved'))
        },
        onError: (error) => showFieldProblems(form, error),
      },
    )
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {!mayChange && <Notice tone="neutral">{t('readOnly')}</Notice>}
      {update.error && (
        <Notice tone="bad">
          {isProblem(update.error) && update.error.status === 412 ? settings('stale') : textOf(update.error)}
        </Notice>
      )}
      <Card title={t('face')}>
        <p className="-mt-2 mb-4 text-muted">{t('faceHint')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField control={form.control} name="name" label={t('name')}>
            {(field) => <Input {...field} disabled={!mayChange} maxLength={80} autoComplete="off" />}
          </FormField>
          <FormField control={form.control} name="accent" label={t('accent')} hint={t('accentHint')} optional>
            {({ 'aria-required': _required, value, ...field }) => (
              <AccentField {...field} value={value ?? null} disabled={!mayChange} />
            )}
          </FormField>
          <FormField
            control={form.control}
            name="tagline"
            label={t('tagline')}
            hint={t('taglineHint')}
            optional
            className="sm:col-span-2"
          >
            {(field) => <Input {...field} disabled={!mayChange} maxLength={160} autoComplete="off" />}
          </FormField>
        </div>
      </Card>
      <Card title={t('approval')}>
        <Controller
          control={form.control}
          name="requireApproval"
          render={({ field: { value, onChange, ...field } }) => (
            <Checkbox
              {...field}
              checked={value ?? false}
              onCheckedChange={onChange}
              disabled={!mayChange}
              label={t('requireApproval')}
              hint={t('requireApprovalHint')}
            />
          )}
        />
      </Card>
      {mayChange && <SaveRow dirty={isDirty} pending={update.isPending} onDiscard={() => form.reset()} />}
    </form>
  )
}
