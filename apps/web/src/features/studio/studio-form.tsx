import { zodResolver } from '@hookform/resolvers/zod'
import { gameLocaleOf, gameLocales } from '@sparkle/shared/games'
import { updateOrganizationInput, type OrganizationView } from '@sparkle/shared/organizations'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import type { FieldWords } from '../../components/merge-dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { filledPoints, PointsField } from '../../components/points-field.tsx'
import { SaveProblem } from '../../components/save-problem.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { Select } from '../../components/select.tsx'
import { TimeZoneField } from '../../components/time-zone-field.tsx'
import { notify } from '../../components/toast.tsx'
import { changedValues } from '../../lib/forms.ts'
import { languageName } from '../../lib/language-name.ts'
import { useCan } from '../../lib/session.tsx'
import { useSavedForm } from '../../lib/use-saved-form.ts'
import { AccentField } from './accent-field.tsx'
import { studioQuery, useUpdateStudio, type UpdateStudioInput } from './api.ts'
import { LogoField } from './logo-field.tsx'
import { FormPreview, OrderPageWords, type StudioLook } from './order-page-words.tsx'

const valuesOf = ({
  name,
  tagline,
  slug,
  accent,
  orderIntro,
  orderThanks,
  timeZone,
  locale,
  requireApproval,
  reviewChecklist,
}: OrganizationView): UpdateStudioInput => ({
  name,
  tagline,
  slug,
  accent,
  orderIntro,
  orderThanks,
  timeZone,
  locale,
  requireApproval,
  reviewChecklist,
})

const check = zodResolver(updateOrganizationInput)
/** A point that is still empty is not meant to be saved. */
const resolver: typeof check = (values, ...rest) =>
  check({ ...values, reviewChecklist: filledPoints(values.reviewChecklist ?? []) }, ...rest)

const mostPoints = 20
const languages = gameLocales.map((locale) => ({ value: locale, label: languageName(locale) }))

interface StudioFormProps {
  studio: OrganizationView
  drawFace: (look: StudioLook) => ReactNode
}

/** Name, look and words of the order page, time zone, language and the rules of approval. Only what was changed is sent, on the version that was read. */
export function StudioForm({ studio, drawFace }: StudioFormProps) {
  const t = useTranslations('settings.studio')
  const settings = useTranslations('settings')
  const mayChange = useCan('studio:update')
  const client = useQueryClient()
  const update = useUpdateStudio()
  const { form, isDirty, submit, takeOver, merging, discard } = useSavedForm({
    record: studio,
    valuesOf,
    resolver,
  })
  const save = () =>
    submit({
      save: (values, dirty, version) => update.mutateAsync({ ...changedValues(values, dirty), version }),
      onSaved: () => notify(settings('saved')),
    })
  const labels = {
    name: t('name'),
    tagline: t('tagline'),
    slug: t('slug'),
    accent: t('accent'),
    orderIntro: t('orderIntro'),
    orderThanks: t('orderThanks'),
    timeZone: t('timeZone'),
    locale: t('language'),
    requireApproval: t('approval'),
    reviewChecklist: t('checklist'),
  }
  const words: FieldWords = {
    label: (name) => labels[name as keyof typeof labels],
    text: (_name, value) => (Array.isArray(value) && value.length > 0 ? value.join('\n') : undefined),
  }
  const reload = async () => {
    takeOver(await client.fetchQuery({ ...studioQuery, staleTime: 0 }))
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
      {!mayChange && !studio.deletionDueAt && <Notice tone="neutral">{t('readOnly')}</Notice>}
      <LeaveGuard when={isDirty} />
      <SaveProblem error={update.error} reload={reload} merging={merging} words={words} save={() => void save()} />
      <Card title={t('face')}>
        <p className="-mt-2 mb-4 text-muted">{t('faceHint')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <LogoField studio={studio} disabled={!mayChange} />
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
          <OrderPageWords control={form.control} disabled={!mayChange} />
          <FormPreview control={form.control} logoUrl={studio.logoUrl} draw={drawFace} />
        </div>
      </Card>
      <Card title={t('region')}>
        <FormField control={form.control} name="timeZone" label={t('timeZone')} className="max-w-100">
          {({ value, ...field }) => <TimeZoneField {...field} value={value ?? 'UTC'} disabled={!mayChange} />}
        </FormField>
        <p className="mt-2 text-small text-muted">{t('timeZoneHint')}</p>
        <FormField
          control={form.control}
          name="locale"
          label={t('language')}
          hint={t('languageHint')}
          className="mt-4 max-w-100"
        >
          {({ value, onChange, ...field }) => (
            <Select
              {...field}
              value={gameLocaleOf(value ?? '')}
              onValueChange={onChange}
              options={languages}
              disabled={!mayChange}
            />
          )}
        </FormField>
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
        <Controller
          control={form.control}
          name="reviewChecklist"
          render={({ field: { value, onChange } }) => (
            <div className="mt-5 max-w-160">
              <PointsField
                legend={t('checklist')}
                hint={t('checklistHint')}
                points={value ?? []}
                onChange={onChange}
                most={mostPoints}
                ordered
                disabled={!mayChange}
              />
            </div>
          )}
        />
      </Card>
      {mayChange && <SaveRow dirty={isDirty} pending={update.isPending} onDiscard={discardAll} />}
    </form>
  )
}
