import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { urls } from '../../db/tables/urls.ts'
import type { Deps } from '../../plugins/types.ts'
import { deleteRedirectsOf, lockUrl, markWarned, updateUrl } from './urls.queries.ts'
import { deleteUrl } from './urls.service.ts'

/** Addresses handled in one transaction; what is left waits for the next round. */
const batch = 200

/** Reservations that nobody deployed to in time are given up; their names are free at once. */
export async function dropStaleReservations(tx: TenantTx, actor: SystemActor): Promise<number> {
  const stale = await idsWhere(
    tx,
    and(eq(urls.status, 'reserved'), sql`${urls.expiresAt} <= now()`, isNull(urls.liveBuildId)),
  )
  for (const id of stale) await deleteUrl(tx, actor, id, null)
  return stale.length
}

/** Days before the end of a term at which its studio is told. */
const warnings = [30, 7] as const

/**
 * Tells of terms that end soon, once for each warning. One that is first seen inside the last week is told of once, not
 * twice; renewing takes the warnings back (`renewUrl`).
 */
export async function warnOfEndingTerms(tx: TenantTx, actor: SystemActor): Promise<number> {
  let told = 0
  for (const days of [...warnings].reverse()) {
    const ending = await idsWhere(
      tx,
      and(
        eq(urls.status, 'active'),
        sql`${urls.expiresAt} > now() and ${urls.expiresAt} <= now() + make_interval(days => ${days})`,
        sql`coalesce(${urls.warnedDays}, 1000) > ${days}`,
      ),
    )
    for (const id of ending) {
      const url = await lockUrl(tx, id)
      if (!url) continue
      await markWarned(tx, id, days)
      await recordAudit(tx, actor, 'url:expiring', { entity: 'url', id, changes: { warnedDays: days } })
      await emit(tx, actor, 'url:expiring', {
        projectId: url.projectId,
        data: {
          urlId: id,
          slug: url.slug,
          petName: url.petName,
          primaryDomain: url.primaryDomain,
          days,
          expiresAt: url.expiresAt,
        },
      })
    }
    told += ending.length
  }
  return told
}

/** Live addresses past their term show the page of an expired game from now on. */
export async function expireEndedTerms(tx: TenantTx, actor: SystemActor): Promise<number> {
  const ended = await idsWhere(tx, and(eq(urls.status, 'active'), sql`${urls.expiresAt} <= now()`))
  for (const id of ended) {
    const url = await lockUrl(tx, id)
    if (!url) continue
    await updateUrl(tx, id, { status: 'expired', endedAt: sql`now()` })
    await recordAudit(tx, actor, 'url:expired', { entity: 'url', id, changes: { status: ['active', 'expired'] } })
    await emit(tx, actor, 'url:expired', {
      projectId: url.projectId,
      data: { urlId: id, slug: url.slug, petName: url.petName },
    })
  }
  return ended.length
}

/** After a year's rest an expired address is deleted, and its name is anybody's. */
export async function deleteRested(tx: TenantTx, actor: SystemActor): Promise<number> {
  const rested = await idsWhere(tx, and(eq(urls.status, 'expired'), sql`${urls.endedAt} <= now() - interval '1 year'`))
  for (const id of rested) await deleteUrl(tx, actor, id, null)
  return rested.length
}

/** Former names of deleted addresses rest as long as the address itself, and are given up with it. */
export async function dropRestedRedirects(tx: TenantTx): Promise<number> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct u.id from urls u join url_redirects r on r.organization_id = u.organization_id and r.url_id = u.id
    where u.organization_id = ${tx.organizationId}::uuid and u.status = 'deleted' and u.ended_at <= now() - interval '1 year' limit ${batch}`)
  await deleteRedirectsOf(
    tx,
    rows.map((row) => row.id),
  )
  return rows.length
}

/** Row locks skip what another sweeper holds, so that two of them never meet; done rows no longer match. */
async function idsWhere(tx: TenantTx, condition: ReturnType<typeof and>): Promise<string[]> {
  const rows = await tx
    .select({ id: urls.id })
    .from(urls)
    .where(and(eq(urls.organizationId, tx.organizationId), condition, isNotNull(urls.expiresAt)))
    .limit(batch)
    .for('no key update', { skipLocked: true })
  return rows.map((row) => row.id)
}

/** All of them for one studio, in one transaction. Safe at any time and any number of times. */
export async function sweepUrls(tx: TenantTx, actor: SystemActor): Promise<number> {
  const dropped = await dropStaleReservations(tx, actor)
  const expired = await expireEndedTerms(tx, actor)
  const warned = await warnOfEndingTerms(tx, actor)
  const deleted = await deleteRested(tx, actor)
  return dropped + expired + warned + deleted + (await dropRestedRedirects(tx))
}

export const urlSweeps: readonly Sweep<Deps>[] = [
  {
    name: 'addresses',
    everySeconds: 300,
    run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => sweepUrls(tx, actor))),
  },
]
