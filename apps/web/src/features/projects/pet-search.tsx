import type { PetProfile } from '@sparkle/shared/profiles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Combobox, type ComboboxOption } from '../../components/combobox.tsx'
import { Field } from '../../components/field.tsx'
import { useSettled } from '../../lib/use-settled.ts'
import { petSearchQuery } from './api.ts'

const settleMs = 200

interface PetSearchProps {
  /** Null where it is another pet after all. */
  onChoose: (pet: PetProfile | null) => void
  className?: string
}

/** A pet that has been here before, found among all of the studio's. */
export function PetSearch({ onChoose, className }: PetSearchProps) {
  const t = useTranslations('projects.form')
  const [words, setWords] = useState('')
  const [value, setValue] = useState<ComboboxOption | null>(null)
  const asked = useSettled(words.trim(), settleMs)
  const found = useQuery(petSearchQuery(asked))
  const pets = found.data ?? []
  return (
    <Field label={t('petBefore')} hint={t('petBeforeHint')} optional className={className}>
      {({ 'aria-required': _required, ...tie }) => (
        <Combobox
          {...tie}
          label={t('petBefore')}
          placeholder={t('findPet')}
          none={t('anotherPet')}
          empty={t('noPets')}
          value={value}
          words={words}
          onWordsChange={setWords}
          options={pets.map(optionOf)}
          pending={found.isPending || asked !== words.trim()}
          onValueChange={(option) => {
            setValue(option)
            onChoose(pets.find(({ id }) => id === option?.value) ?? null)
          }}
        />
      )}
    </Field>
  )
}

function optionOf({ id, name, species, breed }: PetProfile): ComboboxOption {
  const detail = [breed, species].filter(Boolean).join(' · ')
  return { value: id, label: name, ...(detail && { detail }) }
}
