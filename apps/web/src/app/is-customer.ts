import type { MeView } from '@sparkle/shared/auth'
import { isAccountRole } from '@sparkle/shared/permissions'

/** Whether somebody is here as a studio's customer: the pages of its work are not for them. */
export function isCustomer({ role }: Pick<MeView, 'role'>): boolean {
  return role !== null && isAccountRole(role)
}
