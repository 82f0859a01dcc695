import type { InviteState } from '@sparkle/shared/auth'
import { isAccountRole, type Role, type StudioRole } from '@sparkle/shared/permissions'
import { AppError, conflict, notFound } from '../../core/app-error.ts'

/** A studio without an admin could never be managed again. `admins` are the active ones, the person among them. */
export function assertAdminRemains(admins: readonly string[], userId: string): void {
  if (admins.length === 1 && admins[0] === userId)
    conflict('user.last_admin', 'This is the last admin of the studio. Make somebody else an admin first.')
}

/** A customer's role belongs to their account; it is not one of the studio's. */
export function assertStaff(role: Role): asserts role is StudioRole {
  if (isAccountRole(role))
    conflict('user.is_customer', 'This person is a customer of the studio, so their role cannot be one of its team.')
}

export interface InvitationState {
  acceptedAt: string | null
  revokedAt: string | null
  expiresAt: string
}

export function stateOfInvite({ revokedAt, acceptedAt, expiresAt }: InvitationState, now: Date): InviteState {
  if (revokedAt) return 'revoked'
  if (acceptedAt) return 'used'
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'open'
}

/** Throws 404 for one that was withdrawn, 410 for one that was used or is too old. */
export function assertOpen(invitation: InvitationState, now: Date): void {
  const state = stateOfInvite(invitation, now)
  if (state === 'revoked') notFound('invite')
  if (state === 'used')
    throw new AppError('gone', 'invite.used', 'This invitation was accepted before. Sign in instead.')
  if (state === 'expired')
    throw new AppError('gone', 'invite.expired', 'This invitation is too old. Ask the studio to send it again.')
}

/** Enough of an address for its owner to know it by, and too little for anybody else to write to: `n•••@example.test`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
