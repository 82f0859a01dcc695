import type { Origin, PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { type Database, inTenant } from '../../core/in-tenant.ts'
import type { ProviderKind } from '@sparkle/shared/identity-providers'
import { findProviderStudio } from '../../db/system-sign-in.ts'
import { findProvider, type ProviderRow } from './providers.queries.ts'

/** A provider as a visitor meets it, with the studio it opens. 404 where it is not there, or of another kind. */
export async function meetProvider(
  db: Database,
  origin: Origin,
  providerId: string,
  kind: ProviderKind,
): Promise<{ actor: PublicActor; provider: ProviderRow }> {
  const studio = (await findProviderStudio(db, providerId)) ?? notFound('identity_provider')
  const actor: PublicActor = { kind: 'public', organizationId: studio.organizationId, origin }
  const provider = await inTenant(db, actor, (tx) => findProvider(tx, providerId))
  if (provider?.kind !== kind) notFound('identity_provider')
  return { actor, provider }
}
