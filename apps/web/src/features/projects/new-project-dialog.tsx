import { zodResolver } from '@hookform/resolvers/zod'
import { packageTypes } from '@sparkle/shared/games'
import type { PetProfile } from '@sparkle/shared/profiles'
import { createProjectInput, priorities, type ProjectView } from '@sparkle/shared/projects'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field, FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { useCreateProject } from './mutations.ts'
import { PetSearch } from './pet-search.tsx'
import { useKnownPet } from './use-known-pet.ts'

/** An empty field is one that was left out. */
const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])
const { shape } = createProjectInput
const newProjectForm = z.object({
  petName: shape.petName,
  petBreed: shape.petBreed.unwrap(),
  customerName: optional(shape.customerName.unwrap()),
  customerEmail: optional(shape.customerEmail.unwrap()),
  packageType: shape.packageType.unwrap(),
  priority: shape.priority.unwrap(),
  deadline: optional(shape.deadline.unwrap().unwrap()),
  notes: shape.notes.unwrap(),
})
const blank: z.input<typeof newProjectForm> = {
  petName: '',
  petBreed: '',
  customerName: '',
  customerEmail: '',
  packageType: 'custom',
  priority: 'normal',
  deadline: '',
  notes: '',
}

/** What is filled in for a client who has been here before. */
export interface KnownClient {
  customerName: string
  customerEmail: string
  pets: readonly PetProfile[]
}

interface NewProjectDialogProps {
  known?: KnownClient
  open: boolean
  onOpenChange: (open: boolean) => void
  onCreated: (project: ProjectView) => void
}

export function NewProjectDialog({ open, onOpenChange, onCreated, known }: NewProjectDialogProps) {
  const t = useTranslations('projects.create')
  const common = useTranslations('common')
  const formId = useId()
  const create = useCreateProject()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('description')}
      footer={
        <>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            {common('cancel')}
          </Button>
          <Button look="primary" type="submit" form={formId} pending={create.isPending}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <NewProjectForm
        id={formId}
        create={create}
        known={known}
        onCreated={(project) => {
          onOpenChange(false)
          notify(t('done', { name: project.petName }))
          onCreated(project)
        }}
      />
    </Dialog>
  )
}

interface NewProjectFormProps {
  id: string
  create: ReturnType<typeof useCreateProject>
  known: KnownClient | undefined
  onCreated: (project: ProjectView) => void
}

const anotherPet = 'another'

function startOf(known: KnownClient | undefined, pet: PetProfile | undefined): z.input<typeof newProjectForm> {
  if (!known) return blank
  const { customerName, customerEmail } = known
  return { ...blank, customerName, customerEmail, petName: pet?.name ?? '', petBreed: pet?.breed ?? '' }
}

function NewProjectForm({ id, create, known, onCreated }: NewProjectFormProps) {
  const t = useTranslations('projects')
  const textOf = useProblemText()
  const [first] = known?.pets ?? []
  const form = useForm({ resolver: zodResolver(newProjectForm), defaultValues: startOf(known, first) })
  const { control } = form
  const findsPets = useCan('profiles:read')
  const readsClients = useCan('accounts:read')
  const { petId, takePet } = useKnownPet(form, first?.id ?? null, !known && readsClients)
  const submit = form.handleSubmit((values) => {
    if (create.isPending) return
    const { customerName, customerEmail, deadline, ...rest } = values
    create.mutate(
      {
        ...rest,
        ...(petId && { petProfileId: petId }),
        ...(customerName && { customerName }),
        ...(customerEmail && { customerEmail }),
        ...(deadline && { deadline }),
      },
      { onSuccess: onCreated, onError: (error) => showFieldProblems(form, error) },
    )
  })
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="grid gap-4 sm:grid-cols-2">
      {create.error && (
        <Notice tone="bad" className="sm:col-span-2">
          {textOf(create.error)}
        </Notice>
      )}
      {known && known.pets.length > 0 && (
        <Field label={t('form.knownPet')} className="sm:col-span-2">
          {(field) => (
            <Select
              {...field}
              value={petId ?? anotherPet}
              onValueChange={(value) => takePet(known.pets.find((one) => one.id === value) ?? null)}
              options={[
                ...known.pets.map((pet) => ({ value: pet.id, label: pet.name })),
                { value: anotherPet, label: t('form.anotherPet') },
              ]}
            />
          )}
        </Field>
      )}
      {!known && findsPets && <PetSearch onChoose={takePet} className="sm:col-span-2" />}
      <FormField control={control} name="petName" label={t('form.petName')}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField control={control} name="petBreed" label={t('form.petBreed')} optional>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField control={control} name="customerName" label={t('form.customerName')} optional>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField control={control} name="customerEmail" label={t('form.customerEmail')} optional>
        {(field) => <Input {...field} type="email" autoComplete="off" />}
      </FormField>
      <FormField control={control} name="packageType" label={t('form.packageType')}>
        {({ onChange, ...field }) => (
          <Select
            {...field}
            onValueChange={onChange}
            options={packageTypes.map((value) => ({ value, label: t(`package.${value}`) }))}
          />
        )}
      </FormField>
      <FormField control={control} name="priority" label={t('form.priority')}>
        {({ onChange, ...field }) => (
          <Select
            {...field}
            onValueChange={onChange}
            options={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
          />
        )}
      </FormField>
      <FormField control={control} name="deadline" label={t('form.deadline')} optional className="sm:col-span-2">
        {(field) => <Input {...field} type="date" />}
      </FormField>
      <FormField control={control} name="notes" label={t('form.notes')} optional className="sm:col-span-2">
        {(field) => <Textarea {...field} />}
      </FormField>
    </form>
  )
}
