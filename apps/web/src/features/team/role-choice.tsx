import { studioRoles } from '@sparkle/shared/permissions'
import type { CustomRoleView } from '@sparkle/shared/roles'
import { RadioGroup } from 'radix-ui'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { useSession } from '../../lib/session.tsx'
import { mayGive } from './may-give.ts'

interface RoleChoiceProps {
  /** A built-in role's name, or the id of one of the studio. */
  value: string
  onChange: (value: string) => void
  own?: readonly CustomRoleView[]
  ref?: Ref<HTMLDivElement>
  id?: string
}

/** The roles of a studio, each with what it is for; what one may not give is there to see. */
export function RoleChoice({ value, onChange, own = [], ...rest }: RoleChoiceProps) {
  const t = useTranslations('team')
  const role = useTranslations('web.role')
  const session = useSession()
  const options = [
    ...studioRoles.map((name) => ({ id: name as string, name: role(name), hint: t(`roleHint.${name}`), role: name })),
    ...own.map((one) => ({ id: one.id, name: one.name, hint: one.description, role: one })),
  ]
  return (
    <RadioGroup.Root
      {...rest}
      aria-label={t('role')}
      value={value}
      onValueChange={onChange}
      className="grid gap-2 sm:grid-cols-2"
    >
      {options.map(({ id, name, hint, role: given }) => (
        <RadioGroup.Item
          key={id}
          value={id}
          disabled={!mayGive(session, given)}
          className="group flex items-start gap-3 rounded-box border border-outline px-3 py-2.5 text-left transition-colors hover:bg-hover disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span
            aria-hidden="true"
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-surface group-data-[state=checked]:border-accent"
          >
            <span className="hidden size-2 rounded-full bg-accent group-data-[state=checked]:block" />
          </span>
          <span>
            <span className="block font-strong">{name}</span>
            <span className="block text-small text-muted group-data-[state=checked]:text-ink">{hint}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
