import { sql } from 'drizzle-orm'
import { rolePermissions, type Role } from '@sparkle/shared/permissions'
import type { SystemActor, UserActor } from '../core/actor.ts'
import { newId } from '../core/ids.ts'
import { inTenant, type Database } from '../core/in-tenant.ts'
import { findStudio } from '../db/system-studios.ts'
import { memberships, users } from '../db/tables/organizations.ts'

export interface DemoStudio {
  system: SystemActor
  /** The first member with this role, as if signed in. */
  as(role: Role): UserActor
}

/**
 * A demo studio with actors for its people, so that all the demo's data comes about by the product's own use cases. Null
 * where it is closed: somebody has tried out what suspending or deleting a studio does.
 */
export async function openDemoStudio(db: Database, slug: string): Promise<DemoStudio | null> {
  const studio = await findStudio(db, slug)
  if (!studio) return null
  const { organizationId } = studio
  const system: SystemActor = { kind: 'system', organizationId, job: 'demo' }
  const people = await inTenant(db, system, (tx) =>
    tx
      .select({
        userId: users.id,
        displayName: users.displayName,
        role: memberships.role,
        accountId: memberships.accountId,
      })
      .from(memberships)
      .innerJoin(users, sql`${users.id} = ${memberships.userId}`),
  )
  function as(role: Role): UserActor {
    const person = people.find((one) => one.role === role)
    if (!person) throw new Error(`The demo studio ${slug} has no ${role}.`)
    return {
      kind: 'user',
      ...person,
      organizationId,
      sessionId: newId(),
      permissions: rolePermissions[role],
      origin: { address: '127.0.0.1', userAgent: 'demo', requestId: newId() },
    }
  }
  return { system, as }
}
