import type { Role } from '@sparkle/shared/permissions'
import { useTranslations } from 'use-intl'

/** A member's role in words: the studio's own one where they have one. */
export function useRoleName(): (member: { role: Role; customRole: { name: string } | null }) => string {
  const role = useTranslations('web.role')
  return (member) => member.customRole?.name ?? role(member.role)
}
