import { and, isNull, eq, sql } from 'drizzle-orm'
import { guestLinks, guestVisits } from '../db/tables/guest-links.ts'
import { organizations } from '../db/tables/organizations.ts'
import { projects } from '../db/tables/projects.ts'
import type { TenantRead } from './in-tenant.ts'
import { fields, statement } from './statement.ts'

/** A guest who was let in says so at most this often in their visit's row. */
export const touchSeconds = 60

/** A stay that goes on: its link, its project and its studio are all still there. */
export const runningVisit = statement<{ id: string }>('guests.visit')((q) =>
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
 * Whether an address that was signed may still be opened: one that a guest was given names their visit and ends with it, at
 * the very next request; those of people name none.
 */
export async function isStillGiven(tx: TenantRead, visitId: string | undefined): Promise<boolean> {
  return visitId === undefined || (await tx.run(runningVisit, { id: visitId })).length > 0
}
