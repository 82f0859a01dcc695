import type { DomainView, HostingPageInput, HostingPageView } from '@sparkle/shared/domains'
import type { EventType } from '@sparkle/shared/events'
import type { SystemActor, UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import { randomToken } from '../../core/crypto.ts'
import { violates } from '../../core/db-fault.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  clearPrimary,
  deleteDomain,
  findDomain,
  findHostingPage,
  insertDomain,
  lockAdding,
  listDomains,
  lockDomain,
  lockDomains,
  lockHostingPage,
  markChecked,
  updateDomain,
  writeHostingPage,
  type DomainRow,
} from './domains.queries.ts'
import { afterCheck, maxDomains, readDomain, recordOf, type Proof } from './domains.rules.ts'

/** How a domain is read and proven is the same for the sign-in of its people. */
export { afterCheck, proofOf, readDomain, type Proof } from './domains.rules.ts'

function toView({ token, ...row }: DomainRow): DomainView {
  return { ...row, record: recordOf(row.domain, token) }
}

export async function listDomainViews(tx: TenantTx): Promise<{ items: DomainView[] }> {
  return { items: (await listDomains(tx)).map(toView) }
}

export async function getDomain(tx: TenantTx, id: string): Promise<DomainView> {
  return toView((await findDomain(tx, id)) ?? notFound('domain'))
}

type DomainEvent = Extract<EventType, `studio:domain:${string}`>

async function record(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  action: DomainEvent,
  { id, domain }: Pick<DomainRow, 'id' | 'domain'>,
  changes: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, actor, action, { entity: 'domain', id, changes })
  await emit(tx, actor, action, { data: { domainId: id, domain } })
}

/** Any studio may add any domain; only who can write into its DNS gets it proven. `ownHosts` are the installation's. */
export async function addDomain(
  tx: TenantTx,
  actor: UserActor,
  ownHosts: readonly string[],
  typed: string,
): Promise<DomainView> {
  const domain = readDomain(typed, ownHosts)
  if (!domain) invalid('domain.refused', 'Give a domain name of your own, such as games.studio.com.', 'body.domain')
  await lockAdding(tx)
  if ((await listDomains(tx)).length >= maxDomains)
    conflict('domain.too_many', `A studio has at most ${maxDomains} domains. Remove one first.`)
  const id = newId()
  try {
    await insertDomain(tx, { id, domain, token: randomToken(18) })
  } catch (error) {
    if (violates(error, 'game_domains_own_key')) conflict('domain.exists', `${domain} is in your list already.`)
    throw error
  }
  await record(tx, actor, 'studio:domain:added', { id, domain }, { domain: [null, domain] })
  return getDomain(tx, id)
}

/** Writes down what the DNS said. Throws 409 `domain.taken` where another studio has proven the domain. */
export async function recordCheck(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  id: string,
  proof: Proof,
): Promise<DomainView> {
  const before = (await lockDomain(tx, id)) ?? notFound('domain')
  const after = afterCheck(before, proof, new Date().toISOString())
  await markChecked(tx, id)
  if (after.status !== before.status) await changeStatus(tx, actor, before, after)
  else if (after.missingSince !== before.missingSince) await updateDomain(tx, id, { missingSince: after.missingSince })
  return getDomain(tx, id)
}

async function changeStatus(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  before: DomainRow,
  { status, missingSince }: Pick<DomainRow, 'status' | 'missingSince'>,
): Promise<void> {
  const verified = status === 'verified'
  try {
    await updateDomain(tx, before.id, {
      status,
      missingSince,
      ...(verified ? { verifiedAt: new Date().toISOString() } : { isPrimary: false }),
    })
  } catch (error) {
    if (violates(error, 'game_domains_verified_key'))
      conflict('domain.taken', `Another studio has proven ${before.domain}. Its record has to go first.`)
    throw error
  }
  const action = verified ? 'studio:domain:verified' : 'studio:domain:lapsed'
  await record(tx, actor, action, before, { status: [before.status, status] })
}

/** The primary one is what the addresses of games are given with; a studio has one or none. */
export async function changeDomain(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  { isPrimary }: { isPrimary: boolean },
  expected: number | null,
): Promise<DomainView> {
  await lockDomains(tx)
  const before = (await findDomain(tx, id)) ?? notFound('domain')
  assertVersion(before.version, expected)
  if (before.isPrimary === isPrimary) return toView(before)
  if (isPrimary && before.status !== 'verified')
    conflict('domain.not_verified', 'Only a proven domain can be the one that addresses are given with.')
  if (isPrimary) await clearPrimary(tx)
  await updateDomain(tx, id, { isPrimary })
  await record(tx, actor, 'studio:domain:changed', before, { isPrimary: [before.isPrimary, isPrimary] })
  return getDomain(tx, id)
}

/** Games stop answering there at once. */
export async function removeDomain(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<void> {
  const before = (await lockDomain(tx, id)) ?? notFound('domain')
  assertVersion(before.version, expected)
  await deleteDomain(tx, id)
  await record(tx, actor, 'studio:domain:removed', before, { domain: [before.domain, null] })
}

const emptyPage: HostingPageView = { message: '', linkLabel: '', linkUrl: '', version: 1 }

export async function getHostingPage(tx: TenantTx): Promise<HostingPageView> {
  return (await findHostingPage(tx)) ?? emptyPage
}

export async function changeHostingPage(
  tx: TenantTx,
  actor: UserActor,
  input: HostingPageInput,
  expected: number | null,
): Promise<HostingPageView> {
  await lockHostingPage(tx)
  const before = await getHostingPage(tx)
  assertVersion(before.version, expected)
  await writeHostingPage(tx, input)
  await recordAudit(tx, actor, 'studio:page:updated', {
    entity: 'hosting_page',
    id: tx.organizationId,
    changes: changesBetween({ ...before }, input),
  })
  await emit(tx, actor, 'studio:page:updated', {})
  return getHostingPage(tx)
}
