import { zodResolver } from '@hookform/resolvers/zod'
import { updateProfileInput, type ProfileView, type UpdateProfileInput } from '@sparkle/shared/auth'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Card } from '../../components/card.tsx'
import { Field, FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import type { FieldWords } from '../../components/merge-dialog.tsx'
import { SaveProblem } from '../../components/save-problem.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { TimeZoneField } from '../../components/time-zone-field.tsx'
import { changedValues } from '../../lib/forms.ts'
import { meQuery } from '../../lib/session.tsx'
import { useSavedForm } from '../../lib/use-saved-form.ts'
import { useUpdateProfile } from './api.ts'
import { localeOptions } from './locales.ts'

const valuesOf = ({ displayName, timeZone, locale }: ProfileView): Required<UpdateProfileInput> => ({
  displayName,
  timeZone,
  locale,
})

/** The own name, way of writing dates and zone. Only what was changed is sent, on the version that was read. */
export function ProfileForm({ profile }: { profile: ProfileView }) {
  const t = useTranslations('profile')
  const settings = useTranslations('settings')
  const client = useQueryClient()
  const update = useUpdateProfile()
  const { form, isDirty, submit, takeOver, merging, discard } = useSavedForm({
    record: profile,
    valuesOf,
    resolver: zodResolver(updateProfileInput.required()),
  })
  const save = () =>
    submit({
      save: (values, dirty, version) => update.mutateAsync({ ...changedValues(values, dirty), version }),
      onSaved: () => notify(settings('saved')),
    })
  const labels = { displayName: t('name'), timeZone: t('timeZone'), locale: t('locale') }
  const words: FieldWords = { label: (name) => labels[name as keyof typeof labels] }
  const reload = async () => {
    takeOver((await client.fetchQuery({ ...meQuery, staleTime: 0 })).user)
    update.reset()
  }
  const discardAll = () => {
    discard()
    update.reset()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      noValidate
      className="flex flex-col gap-4"
    >
      <LeaveGuard when={isDirty} />
      <SaveProblem error={update.error} reload={reload} merging={merging} words={words} save={() => void save()} />
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
      <SaveRow dirty={isDirty} pending={update.isPending} onDiscard={discardAll} />
    </form>
  )
}
