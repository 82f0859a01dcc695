import { and, eq, lt, sql } from 'drizzle-orm'
import { guestPermissions } from '@sparkle/shared/permissions'
import type { GuestActor, Origin } from '../core/actor.ts'
import { AppError } from '../core/app-error.ts'
import { looksLikeGuest, readVisit } from '../core/guest-token.ts'
import { runningVisit, touchSeconds } from '../core/guest-visits.ts'
import { inTenant, inTenantRead } from '../core/in-tenant.ts'
import { guestVisits } from '../db/tables/guest-links.ts'
import type { Deps } from './types.ts'

export { looksLikeGuest }

/**
 * Who a guest's token stands for. Nothing is kept in memory: a link that was ended, or whose scope was changed, counts
 * so from the next request on. Throws 401 `guest.visit_ended`.
 */
export function guestDoor({ db, crypto }: Pick<Deps, 'db' | 'crypto'>) {
  return async (token: string, origin: Origin): Promise<GuestActor> => {
    const { organizationId, visitId } = readVisit(crypto, token) ?? visitEnded()
    const visitor = { kind: 'public', organizationId, origin } as const
    const [visit] = await inTenantRead(db, visitor, (tx) => tx.run(runningVisit, { id: visitId }))
    const { linkId, projectId, name, scope, mayDownload, readOnlyUntil, isStale } = visit ?? visitEnded()
    if (isStale)
      await inTenant(db, visitor, (tx) =>
        tx
          .update(guestVisits)
          .set({ lastSeenAt: sql`now()` as never })
          .where(
            and(
              eq(guestVisits.organizationId, organizationId),
              eq(guestVisits.id, visitId),
              lt(guestVisits.lastSeenAt, sql`now() - make_interval(secs => ${touchSeconds})`),
            ),
          ),
      )
    return {
      kind: 'guest',
      organizationId,
      visitId,
      linkId,
      projectId,
      displayName: name,
      permissions: guestPermissions[scope],
      mayDownload,
      origin,
      ...(readOnlyUntil && { readOnlyUntil }),
    }
  }
}

function visitEnded(): never {
  throw new AppError('unauthenticated', 'guest.visit_ended', 'Open the review link again: this visit has ended.')
}
