import { sql } from 'drizzle-orm'
import type { ProviderKind } from '@sparkle/shared/identity-providers'
import { type Queryable, rowsOf } from './system.ts'

/** A passkey that says it is somebody's, before it is known whose. */
export interface PasskeyRow {
  id: string
  userId: string
  publicKey: string
  transports: string[]
}

export async function findPasskey(db: Queryable, credentialId: string): Promise<PasskeyRow | undefined> {
  const [row] = await rowsOf<PasskeyRow>(
    db,
    sql`select id, user_id as "userId", public_key as "publicKey", transports from sys.find_passkey(${credentialId})`,
  )
  return row
}

/** Uses up what is good once; false where it was used before. It is remembered until the moment it would expire. */
export async function spendOnce(db: Queryable, tokenHash: string, expiresAt: Date): Promise<boolean> {
  const [row] = await rowsOf<{ spent: boolean }>(
    db,
    sql`select sys.spend_once(${tokenHash}, ${expiresAt.toISOString()}) as spent`,
  )
  return row?.spent ?? false
}

/** The studio that a provider opens; none where it does not exist or the studio is suspended. */
export interface ProviderStudio {
  organizationId: string
  slug: string
  name: string
}

export async function findProviderStudio(db: Queryable, providerId: string): Promise<ProviderStudio | undefined> {
  const [row] = await rowsOf<ProviderStudio>(
    db,
    sql`select organization_id as "organizationId", slug, name from sys.find_provider_studio(${providerId})`,
  )
  return row
}

export interface OfferedProvider {
  id: string
  name: string
  kind: ProviderKind
  studioSlug: string
  studioName: string
}

/** Providers in use that speak for a domain of e-mail, or those of a studio. */
export function offeredProviders(db: Queryable, by: { domain: string } | { slug: string }): Promise<OfferedProvider[]> {
  const [domain, slug] = 'domain' in by ? [by.domain, null] : [null, by.slug]
  return rowsOf(
    db,
    sql`select id, name, kind, studio_slug as "studioSlug", studio_name as "studioName"
      from sys.offered_providers(${domain}, ${slug})`,
  )
}

/** The person's studios that let people of this domain in through their own provider only. */
export async function enforcingStudios(db: Queryable, userId: string, domain: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select organization_id as id from sys.enforcing_studios(${userId}, ${domain})`,
  )
  return rows.map(({ id }) => id)
}

/** Ties a session that was just opened to the studio of the transaction, as one its provider has opened. */
export async function bindSession(tx: Queryable, sessionId: string, providerId: string): Promise<void> {
  await tx.execute(sql`select sys.bind_session(${sessionId}, ${providerId})`)
}

/** Ends what a provider of the transaction's studio has opened; answers how many sessions that were. */
export async function endProviderSessions(tx: Queryable, providerId: string): Promise<number> {
  const [row] = await rowsOf<{ ended: number }>(tx, sql`select sys.end_provider_sessions(${providerId}) as ended`)
  return row?.ended ?? 0
}

/** Ends the sessions of these people in the transaction's studio that no provider has opened, but for one. */
export async function endOtherSessions(tx: Queryable, userIds: readonly string[], keep: string): Promise<number> {
  const [row] = await rowsOf<{ ended: number }>(
    tx,
    sql`select sys.end_other_sessions(${sql.param([...userIds])}::uuid[], ${keep}) as ended`,
  )
  return row?.ended ?? 0
}
