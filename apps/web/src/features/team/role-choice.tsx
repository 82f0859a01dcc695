import { studioRoles, type StudioRole } from '@sparkle/shared/permissions'
import { RadioGroup } from 'radix-ui'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'

interface RoleChoiceProps {
  value: StudioRole
  onChange: (role: StudioRole) => void
  ref?: Ref<HTMLDivElement>
  id?: string
}

/** The roles of a studio, each with what it is for. */
export function RoleChoice({ value, onChange, ...rest }: RoleChoiceProps) {
  const t = useTranslations('team')
  const role = useTranslations('web.role')
  return (
    <RadioGroup.Root
      {...rest}
      aria-label={t('role')}
      value={value}
      onValueChange={(next) => onChange(next as StudioRole)}
      className="grid gap-2 sm:grid-cols-2"
    >
      {studioRoles.map((name) => (
        <RadioGroup.Item
          key={name}
          value={name}
          className="group flex items-start gap-3 rounded-box border border-outline px-3 py-2.5 text-left transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span
            aria-hidden="true"
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-surface group-data-[state=checked]:border-accent"
          >
            <span className="hidden size-2 rounded-full bg-accent group-data-[state=checked]:block" />
          </span>
          <span>
            <span className="block font-strong">{role(name)}</span>
            <span className="block text-small text-muted group-data-[state=checked]:text-ink">
              {t(`roleHint.${name}`)}
            </span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
