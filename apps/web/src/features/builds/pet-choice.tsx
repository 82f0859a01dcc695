import type { StudioAssetView } from '@sparkle/shared/assets'
import { RadioGroup } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { Picture } from '../../components/picture.tsx'

interface PetChoiceProps {
  pets: readonly StudioAssetView[]
  value: string
  onValueChange: (id: string) => void
}

/** Whose sprite plays in the demos: the studio's newest ones. */
export function PetChoice({ pets, value, onValueChange }: PetChoiceProps) {
  const t = useTranslations('builds.shelf')
  return (
    <RadioGroup.Root
      aria-label={t('pet')}
      value={value}
      onValueChange={onValueChange}
      className="mb-5 flex gap-2 overflow-x-auto p-1"
    >
      {pets.map(({ id, project: { petName }, urls }) => (
        <RadioGroup.Item
          key={id}
          value={id}
          aria-label={petName}
          title={petName}
          className="size-14 shrink-0 overflow-hidden rounded-box border-2 border-line bg-surface transition-colors hover:border-edge data-[state=checked]:border-accent"
        >
          <Picture src={urls.thumb ?? null} alt="" kind="sprite" className="size-full" />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
