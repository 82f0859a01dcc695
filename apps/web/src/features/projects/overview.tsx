import { zodResolver } from '@hookform/resolvers/zod'
import { difficulties, packageTypes } from '@sparkle/shared/games'
import type { ProjectView } from '@sparkle/shared/projects'
import { useQueryClient } from '@tanstack/react-query'
import type { HTMLInputTypeAttribute } from 'react'
import type { Control } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import type { FieldWords } from '../../components/merge-dialog.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { Notice } from '../../components/notice.tsx'
import { SaveProblem } from '../../components/save-problem.tsx'
import { Select } from '../../components/select.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { useSavedForm } from '../../lib/use-saved-form.ts'
import { projectQueries } from './api.ts'
import { BudgetBar } from './budget-bar.tsx'
import { useUpdateProject } from './mutations.ts'
import { changesOf, overviewForm, valuesOf, type OverviewValues } from './overview-values.ts'
import { useMayWorkOn } from './rights.ts'
import { SaveBar } from './save-bar.tsx'

/** Every field of a project in one form. */
export function Overview({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.form')
  const projects = useTranslations('projects')
  const client = useQueryClient()
  const mayEdit = useMayWorkOn(project)
  const update = useUpdateProject(project.id)
  const { form, isDirty, submit, takeOver, merging, discard } = useSavedForm({
    record: project,
    valuesOf,
    resolver: zodResolver(overviewForm),
  })
  const save = () =>
    submit({
      save: (values, dirty, version) => update.mutateAsync({ changes: changesOf(values, dirty), version }),
      onSaved: () => notify(t('saved')),
    })
  const words: FieldWords = {
    label: (name) => t(name as keyof OverviewValues),
    text: (name, value) => {
      if (name === 'packageType') return projects(`package.${value as ProjectView['packageType']}`)
      return name === 'difficulty' ? projects(`difficulty.${value as OverviewValues['difficulty']}`) : undefined
    },
  }
  const reload = async () => {
    takeOver(await client.fetchQuery({ ...projectQueries.detail(project.id), staleTime: 0 }))
    update.reset()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <LeaveGuard when={isDirty} />
      {!mayEdit && !project.deletedAt && (
        <Notice tone="info" className="mb-4">
          {t('readOnly')}
        </Notice>
      )}
      <SaveProblem
        error={update.error}
        reload={reload}
        merging={merging}
        words={words}
        save={() => void save()}
        className="mb-4"
      />
      <fieldset disabled={!mayEdit} className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <PetFields control={form.control} />
          <WishFields control={form.control} disabled={!mayEdit} />
        </div>
        <div className="grid min-w-0 gap-4">
          <WorkFields control={form.control} disabled={!mayEdit} project={project} />
          <CustomerFields control={form.control} project={project} />
          <NoteFields control={form.control} />
        </div>
      </fieldset>
      {mayEdit && isDirty && (
        <SaveBar
          pending={update.isPending}
          onDiscard={() => {
            discard()
            update.reset()
          }}
        />
      )}
    </form>
  )
}

interface FieldsProps {
  control: Control<OverviewValues>
  disabled?: boolean
}

interface LineProps extends FieldsProps {
  name: Exclude<keyof OverviewValues, 'packageType' | 'difficulty'>
  optional?: boolean
  type?: HTMLInputTypeAttribute
  className?: string
}

/** One line of text; its label is the field's own. */
function Line({ control, name, optional, type, className }: LineProps) {
  const t = useTranslations('projects.form')
  return (
    <FormField control={control} name={name} label={t(name)} optional={optional} className={className}>
      {(field) => (
        <Input {...field} type={type} autoComplete="off" inputMode={name.endsWith('Hours') ? 'decimal' : undefined} />
      )}
    </FormField>
  )
}

function PetFields({ control }: FieldsProps) {
  const t = useTranslations('projects')
  return (
    <Card title={t('overview.pet')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Line control={control} name="petName" />
        <Line control={control} name="petBreed" optional />
        <Line control={control} name="petAge" optional />
        <Line control={control} name="name" />
        <FormField
          control={control}
          name="petPersonality"
          label={t('form.petPersonality')}
          optional
          className="sm:col-span-2"
        >
          {(field) => <Textarea {...field} />}
        </FormField>
      </div>
    </Card>
  )
}

function WorkFields({ control, disabled, project }: FieldsProps & { project: ProjectView }) {
  const t = useTranslations('projects')
  return (
    <Card title={t('overview.work')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField control={control} name="packageType" label={t('form.packageType')}>
          {({ onChange, ...field }) => (
            <Select
              {...field}
              disabled={disabled}
              onValueChange={onChange}
              options={packageTypes.map((value) => ({ value, label: t(`package.${value}`) }))}
            />
          )}
        </FormField>
        <Line control={control} name="budgetHours" optional />
        <Line control={control} name="startDate" type="date" optional />
        <Line control={control} name="deadline" type="date" optional />
        <Line control={control} name="estimatedHours" optional />
        <Line control={control} name="actualHours" />
      </div>
      <BudgetBar project={project} className="mt-5" />
    </Card>
  )
}

function WishFields({ control, disabled }: FieldsProps) {
  const t = useTranslations('projects')
  return (
    <Card title={t('overview.game')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Line control={control} name="theme" optional />
        <FormField control={control} name="difficulty" label={t('form.difficulty')}>
          {({ onChange, ...field }) => (
            <Select
              {...field}
              disabled={disabled}
              onValueChange={onChange}
              options={difficulties.map((value) => ({ value, label: t(`difficulty.${value}`) }))}
            />
          )}
        </FormField>
        <FormField
          control={control}
          name="features"
          label={t('form.features')}
          hint={t('form.featuresHint')}
          optional
          className="sm:col-span-2"
        >
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
      </div>
    </Card>
  )
}

function CustomerFields({ control, project }: FieldsProps & { project: ProjectView }) {
  const t = useTranslations('projects.overview')
  const order = project.orderNumber ? t('order', { number: project.orderNumber }) : t('noOrder')
  return (
    <Card title={t('customer')} action={<span className="text-small text-muted">{order}</span>}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Line control={control} name="customerName" optional className="sm:col-span-2" />
        <Line control={control} name="customerEmail" type="email" optional />
        <Line control={control} name="customerPhone" type="tel" optional />
      </div>
    </Card>
  )
}

function NoteFields({ control }: FieldsProps) {
  const t = useTranslations('projects')
  return (
    <Card title={t('overview.notes')}>
      <FormField control={control} name="description" label={t('form.description')} optional className="mb-4">
        {(field) => <Textarea {...field} />}
      </FormField>
      <FormField control={control} name="notes" label={t('form.notes')} hint={t('form.notesHint')} optional>
        {(field) => <Textarea {...field} rows={5} />}
      </FormField>
    </Card>
  )
}
