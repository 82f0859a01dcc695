import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { PlatformLogEntry } from '@sparkle/shared/platform'
import type { PersonTx } from '../../core/as-person.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assetVariantFiles } from '../../db/tables/assets.ts'
import { builds } from '../../db/tables/builds.ts'
import { memberships, organizationUsage, users } from '../../db/tables/organizations.ts'
import { platformLog as l } from '../../db/tables/platform.ts'
import { projectFileVersions } from '../../db/tables/project-files.ts'
import { projects } from '../../db/tables/projects.ts'
import { gameHours, urls } from '../../db/tables/urls.ts'

interface LogFilter {
  organizationId?: string | undefined
  after?: { at: string; id: string } | undefined
  most: number
}

/** Newest first; row-level security shows it to people of the platform only. */
export async function listLog(tx: PersonTx, { organizationId, after, most }: LogFilter): Promise<PlatformLogEntry[]> {
  const rows = await tx
    .select()
    .from(l)
    .where(
      and(
        organizationId ? eq(l.studioId, organizationId) : undefined,
        after ? sql`(${l.createdAt}, ${l.id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(l.createdAt), desc(l.id))
    .limit(most)
  return rows.map(({ personId, personName, studioId, studioName, createdAt, ...row }) => ({
    ...row,
    person: { id: personId, name: personName },
    studio: { id: studioId, name: studioName },
    at: createdAt,
  }))
}

/** Counts what the studio of the transaction uses and keeps it for the platform's list. */
export async function countUsage(tx: TenantTx): Promise<void> {
  const count = sql<number>`count(*)::integer`
  const bytes = (column: typeof assetVariantFiles.sizeBytes | typeof builds.sizeBytes) =>
    sql<string>`coalesce(sum(${column}), 0)::bigint`
  const [members] = await tx
    .select({ count })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(isNull(memberships.deactivatedAt), eq(users.kind, 'person')))
  const [open] = await tx.select({ count }).from(projects).where(isNull(projects.deletedAt))
  const [live] = await tx.select({ count }).from(urls).where(eq(urls.status, 'active'))
  const [files] = await tx.select({ bytes: bytes(assetVariantFiles.sizeBytes) }).from(assetVariantFiles)
  const [built] = await tx.select({ bytes: bytes(builds.sizeBytes) }).from(builds)
  const [documents] = await tx
    .select({ bytes: sql<string>`coalesce(sum(${projectFileVersions.sizeBytes}), 0)::bigint` })
    .from(projectFileVersions)
  const [played] = await tx
    .select({ plays: sql<number>`coalesce(sum(${gameHours.plays}), 0)::integer` })
    .from(gameHours)
    .where(sql`${gameHours.hour} > now() - interval '30 days'`)
  const usage = {
    members: members?.count ?? 0,
    projects: open?.count ?? 0,
    storageBytes: Number(files?.bytes ?? 0) + Number(built?.bytes ?? 0) + Number(documents?.bytes ?? 0),
    liveGames: live?.count ?? 0,
    plays: played?.plays ?? 0,
    countedAt: sql`now()` as unknown as string,
  }
  await tx
    .insert(organizationUsage)
    .values({ organizationId: tx.organizationId, ...usage })
    .onConflictDoUpdate({ target: organizationUsage.organizationId, set: usage })
}
