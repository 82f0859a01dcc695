import { zodResolver } from '@hookform/resolvers/zod'
import { updateProfileInput, type ProfileView, type UpdateProfileInput } from '@sparkle/shared/auth'
import { Controller, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Card } from '../../components/card.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Field, FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { changedValues, showFieldProblems } from '../../lib/forms.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useUpdateProfile } from './api.ts'
import { localeOptions } from './locales.ts'
import { TimeZoneField } from './time-zone-field.tsx'

/** The own name, way of writing dates, zone and mails. Only what was changed is sent, on the version that was read. */
export function ProfileForm({ profile }: { profile: ProfileView }) {
  const t = useTranslations('profile')
  const settings = useTranslations('settings')
  const textOf = useProblemText()
  const update = useUpdateProfile()
  const { displayName, timeZone, locale, notificationMails } = profile
  const form = useForm<Required<UpdateProfileInput>>({
    resolver: zodResolver(updateProfileInput.required()),
    values: { displayName, timeZone, locale, notificationMails },
    resetOptions: { keepDirtyValues: true },
  })
  const { dirtyFields, isDirty } = form.formState
  const submit = form.handleSubmit((values) => {
    if (update.isPending) return
    update.mutate(
      { ...changedValues(values, dirtyFields), version: profile.version },
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
      {update.error && (
        <Notice tone="bad">
          {isProblem(update.error) && update.error.status === 412 ? settings('stale') : textOf(update.error)}
        </Notice>
      )}
      <Card title={t('you')}>
        <div className="flex flex-col gap-4 sm:flex-row">
          <Avatar name={profile.displayName} src={profile.avatarUrl} size="large" />
          <div className="grid min-w-0 grow gap-4 sm:grid-cols-2">
            <FormField control={form.control} name="displayName" label={t('name')} hint={t('youHint')}>
              {(field) => <Input {...field} autoComplete="name" maxLength={120} />}
            </FormField>
            <Field label={t('email')} hint={t('emailHint')} optional={false}>
              {({ 'aria-required': _required, ...field }) => (
                <Input {...field} value={profile.email} readOnly className="text-muted" />
              )}
            </Field>
          </div>
        </div>
      </Card>
      <Card title={t('region')}>
        <p className="-mt-2 mb-4 text-muted">{t('regionHint')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField control={form.control} name="timeZone" label={t('timeZone')}>
            {(field) => <TimeZoneField {...field} />}
          </FormField>
          <FormField control={form.control} name="locale" label={t('locale')}>
            {({ onChange, ...field }) => (
              <Select {...field} onValueChange={onChange} options={localeOptions(field.value)} />
            )}
          </FormField>
        </div>
      </Card>
      <Card title={t('mails')}>
        <Controller
          control={form.control}
          name="notificationMails"
          render={({ field: { value, onChange, ...field } }) => (
            <Checkbox
              {...field}
              checked={value}
              onCheckedChange={onChange}
              label={t('notificationMails')}
              hint={t('notificationMailsHint')}
            />
          )}
        />
      </Card>
      <SaveRow dirty={isDirty} pending={update.isPending} onDiscard={() => form.reset()} />
    </form>
  )
}
