import type { Decision } from '@sparkle/shared/decide'
import type { Permission } from '@sparkle/shared/permissions'
import { forbidden } from './app-error.ts'

/** Throws the 403 that a decision against somebody comes to. */
export function refuse(permission: Permission, { steps }: Decision): never {
  if (steps.at(-1)?.rule === 'assigned')
    forbidden('project.not_assigned', 'Artists work on projects assigned to them. Ask a manager to assign you.')
  forbidden('auth.forbidden', `This needs the permission ${permission}.`)
}
