import { zodResolver } from '@hookform/resolvers/zod'
import { createProfileInput, type PetProfile } from '@sparkle/shared/profiles'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useAddPet, useChangePet } from './api.ts'

const { shape } = createProfileInput.options[1]
const petForm = z.object({
  name: shape.name.unwrap(),
  species: shape.species.unwrap(),
  breed: shape.breed.unwrap(),
  birthday: z.union([z.literal(''), shape.birthday.unwrap().unwrap()]),
  traits: shape.traits.unwrap(),
  markings: shape.markings.unwrap(),
  /** Separated by commas. */
  favourites: z.string().max(1600),
})
type PetValues = z.infer<typeof petForm>

interface PetDialogProps {
  /** The pet that is changed; null for a new one. */
  pet: PetProfile | null
  /** Whose the new one is. */
  clientId: string
  onClose: () => void
}

/** Everything the studio knows of a pet, so that the next game begins with it. */
export function PetDialog({ pet, clientId, onClose }: PetDialogProps) {
  const t = useTranslations('clients.pet')
  const clients = useTranslations('clients')
  const textOf = useProblemText()
  const formId = useId()
  const add = useAddPet()
  const change = useChangePet(pet ?? { id: '', version: 0 })
  const [refusal, setRefusal] = useState<unknown>(null)
  const form = useForm<PetValues>({ resolver: zodResolver(petForm), defaultValues: valuesOf(pet) })
  const { control } = form
  const submit = form.handleSubmit(async (values) => {
    setRefusal(null)
    const fields = { ...values, birthday: values.birthday || null, favourites: listOf(values.favourites) }
    try {
      await (pet
        ? change.mutateAsync({ kind: 'pet', ...fields })
        : add.mutateAsync({ kind: 'pet', accountId: clientId, ...fields }))
      notify(t('saved', { name: values.name }))
      onClose()
    } catch (error) {
      setRefusal(showFieldProblems(form, error) ? null : error)
    }
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={pet ? t('change', { name: pet.name }) : t('add')}
      description={t('body')}
      footer={
        <Button type="submit" form={formId} look="primary" pending={add.isPending || change.isPending}>
          {clients('save')}
        </Button>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4 sm:grid-cols-2">
        {refusal !== null && (
          <Notice tone="bad" className="sm:col-span-2">
            {textOf(refusal)}
          </Notice>
        )}
        <FormField control={control} name="name" label={t('name')}>
          {(field) => <Input {...field} autoComplete="off" maxLength={60} />}
        </FormField>
        <FormField control={control} name="species" label={t('species')} optional>
          {(field) => <Input {...field} autoComplete="off" maxLength={40} />}
        </FormField>
        <FormField control={control} name="breed" label={t('breed')} optional>
          {(field) => <Input {...field} autoComplete="off" maxLength={80} />}
        </FormField>
        <FormField control={control} name="birthday" label={t('birthday')} optional>
          {(field) => <Input {...field} type="date" />}
        </FormField>
        <FormField control={control} name="markings" label={t('markings')} optional className="sm:col-span-2">
          {(field) => <Input {...field} autoComplete="off" maxLength={500} />}
        </FormField>
        <FormField control={control} name="traits" label={t('traits')} optional className="sm:col-span-2">
          {(field) => <Textarea {...field} rows={3} />}
        </FormField>
        <FormField
          control={control}
          name="favourites"
          label={t('favourites')}
          hint={t('favouritesHint')}
          optional
          className="sm:col-span-2"
        >
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
      </form>
    </Dialog>
  )
}

function valuesOf(pet: PetProfile | null): PetValues {
  return {
    name: pet?.name ?? '',
    species: pet?.species ?? '',
    breed: pet?.breed ?? '',
    birthday: pet?.birthday ?? '',
    traits: pet?.traits ?? '',
    markings: pet?.markings ?? '',
    favourites: pet?.favourites.join(', ') ?? '',
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
