import type { StudioView } from '@sparkle/shared/orders'
import { useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Dropzone } from '../../components/dropzone.tsx'
import { FormField } from '../../components/field.tsx'
import { FileList } from '../../components/file-list.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { acceptOf } from '../../lib/file-types.ts'
import type { KnownPet } from './known-pets.ts'
import type { OrderFields } from './order-draft.ts'
import { PetChoice } from './pet-choice.tsx'
import type { OrderPhotos } from './use-order-photos.ts'

interface PetStepProps {
  photos: OrderPhotos
  pets: readonly KnownPet[]
  form: StudioView['form']
}

/** The first step: photos, because they take their time and make the sketch, then who the pet is. */
export function PetStep({ photos, pets, form }: PetStepProps) {
  const t = useTranslations('orders')
  const { control } = useFormContext<OrderFields>()
  const [refused, setRefused] = useState<string[]>([])
  const room = form.maxPhotos - photos.items.length

  const take = (files: File[]) => {
    setRefused(files.length > room ? [t('photos.tooMany', { count: form.maxPhotos })] : [])
    photos.add(files.slice(0, Math.max(0, room)))
  }
  return (
    <div className="flex flex-col gap-5">
      {pets.length > 0 && <PetChoice pets={pets} />}
      <div>
        <Dropzone
          label={t('photos.label')}
          accept={acceptOf(form.acceptedTypes)}
          maxSizeBytes={form.maxFileBytes}
          onFiles={take}
          onRefused={setRefused}
          disabled={room <= 0}
        />
        {photos.items.length === 0 && (
          <p className="mt-2 text-small text-muted">{t('photos.hint', { count: form.maxPhotos })}</p>
        )}
        {refused.map((reason) => (
          <Notice key={reason} tone="warn" className="mt-2">
            {reason}
          </Notice>
        ))}
        {photos.items.length > 0 && (
          <div className="mt-2">
            <FileList files={photos.items} onRetry={photos.retry} onPause={photos.pause} onRemove={photos.remove} />
          </div>
        )}
      </div>
      <FormField control={control} name="pet.name" label={t('fields.petName')}>
        {(field) => <Input {...field} autoComplete="off" maxLength={60} />}
      </FormField>
      <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
        <FormField control={control} name="pet.breed" label={t('fields.petBreed')} optional>
          {(field) => <Input {...field} autoComplete="off" maxLength={80} placeholder={t('fields.petBreedExample')} />}
        </FormField>
        <FormField control={control} name="pet.age" label={t('fields.petAge')} optional>
          {(field) => <Input {...field} autoComplete="off" maxLength={40} placeholder={t('fields.petAgeExample')} />}
        </FormField>
      </div>
      <FormField
        control={control}
        name="pet.personality"
        label={t('fields.personality')}
        hint={t('fields.personalityHint')}
        optional
      >
        {(field) => <Textarea {...field} maxLength={1000} rows={3} />}
      </FormField>
    </div>
  )
}
