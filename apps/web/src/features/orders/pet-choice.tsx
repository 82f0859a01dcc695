import { Plus } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useController, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Picture } from '../../components/picture.tsx'
import type { OrderFields } from './order-draft.ts'
import { yearsOn, type KnownPet } from './known-pets.ts'

const another = 'another'
const card =
  'flex min-h-14 min-w-0 items-center gap-3 rounded-box border border-outline bg-surface p-2 pr-4 text-left transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:ring-1 data-[state=checked]:ring-accent'

/** A returning customer's pets: choosing one fills in the fields below, which stay theirs to change. */
export function PetChoice({ pets }: { pets: readonly KnownPet[] }) {
  const t = useTranslations('orders.knownPets')
  const { control, setValue } = useFormContext<OrderFields>()
  const { field } = useController({ control, name: 'knownPet' })
  // A pet of the draft may have gone since.
  const chosen = pets.find(({ key }) => key === field.value)
  const choose = (key: string) => {
    const pet = pets.find((one) => one.key === key)
    const today = new Date().toISOString().slice(0, 10)
    const years = pet?.birthday ? yearsOn(today, pet.birthday) : null
    field.onChange(pet?.key ?? null)
    setValue('pet', {
      name: pet?.name ?? '',
      breed: pet?.breed ?? '',
      age: years === null ? '' : t('years', { count: years }),
      personality: pet?.personality ?? '',
    })
  }
  return (
    <div>
      <p id="known-pets" className="mb-1.5 font-strong">
        {t('legend')}
      </p>
      <RadioGroup.Root
        aria-labelledby="known-pets"
        value={chosen?.key ?? another}
        onValueChange={choose}
        className="grid grid-cols-1 gap-2 sm:grid-cols-2"
      >
        {pets.map(({ key, name, breed, picture }) => (
          <RadioGroup.Item key={key} value={key} className={card}>
            <Picture src={picture?.url} alt="" kind={picture?.kind ?? 'photo'} className="w-10" />
            <span className="min-w-0">
              <span className="block truncate font-strong">{name}</span>
              {breed && <span className="block truncate text-small text-muted">{breed}</span>}
            </span>
          </RadioGroup.Item>
        ))}
        <RadioGroup.Item value={another} className={card}>
          <span className="flex size-10 shrink-0 items-center justify-center rounded-box bg-sunken text-muted">
            <Plus aria-hidden="true" className="size-5" />
          </span>
          <span className="font-strong">{t('another')}</span>
        </RadioGroup.Item>
      </RadioGroup.Root>
    </div>
  )
}
