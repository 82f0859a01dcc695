import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { guestPermissions } from '@sparkle/shared/permissions'
import type { GuestActor, Origin } from '../core/actor.ts'
import { AppError } from '../core/app-error.ts'
import { looksLikeGuest, readVisit } from '../core/guest-token.ts'
import { inTenant, inTenantRead } from '../core/in-tenant.ts'
import { fields, statement } from '../core/statement.ts'
import { guestLinks, guestVisits } from '../db/tables/guest-links.ts'
import { organizations } from '../db/tables/organizations.ts'
import { projects } from '../db/tables/projects.ts'
import type { Deps } from './types.ts'

export { looksLikeGuest }

const touchSeconds = 60

/** A stay that goes on: its link, its project and its studio are all still there. */
const running = statement<{ id: string }>('guests.visit')((q) =>
  q
    .select(
      fields({
        linkId: guestVisits.linkId,
        name: guestVisits.name,
        projectId: guestLinks.projectId,
        scope: guestLinks.scope,
        mayDownload: guestLinks.mayDownload,
        readOnlyUntil: organizations.deletionDueAt,
        isStale: sql<boolean>`${guestVisits.lastSeenAt} < now() - make_interval(secs => ${touchSeconds})`,
      }),
    )
    .from(guestVisits)
    .innerJoin(
      guestLinks,
      and(eq(guestLinks.organizationId, guestVisits.organizationId), eq(guestLinks.id, guestVisits.linkId)),
    )
    .innerJoin(
      projects,
      and(eq(projects.organizationId, guestLinks.organizationId), eq(projects.id, guestLinks.projectId)),
    )
    .innerJoin(organizations, eq(organizations.id, guestVisits.organizationId))
    .where(
      and(
        sql`${guestVisits.id} = ${sql.placeholder('id')}::uuid`,
        sql`${guestVisits.expiresAt} > now()`,
        isNull(guestVisits.endedAt),
        sql`${guestLinks.expiresAt} > now()`,
        isNull(guestLinks.revokedAt),
        isNull(projects.deletedAt),
        isNull(organizations.suspendedAt),
      ),
    ),
)

/**
 * Who a guest's token stands for. Nothing is kept in memory: a link that was ended, or whose scope was changed, counts
 * so from the next request on. Throws 401 `guest.visit_ended`.
 */
export function guestDoor({ db, crypto }: Pick<Deps, 'db' | 'crypto'>) {
  return async (token: string, origin: Origin): Promise<GuestActor> => {
    const { organizationId, visitId } = readVisit(crypto, token) ?? visitEnded()
    const visitor = { kind: 'public', organizationId, origin } as const
    const [visit] = await inTenantRead(db, visitor, (tx) => tx.run(running, { id: visitId }))
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
