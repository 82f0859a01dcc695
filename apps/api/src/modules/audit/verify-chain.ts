import { eq } from 'drizzle-orm'
import type { ChainFault, ChainView } from '@sparkle/shared/audit'
import { chainBeginning, type ChainPlace, findUnsealed, followChain, readChainHead } from '../../core/audit-chain.ts'
import type { SystemActor } from '../../core/actor.ts'
import type { Crypto } from '../../core/crypto.ts'
import { monthOfId } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { auditArchives } from '../../db/tables/audit.ts'
import { auditSeals } from '../../db/tables/events.ts'
import type { Deps } from '../../plugins/types.ts'
import { type KeptAnchor, readAnchors } from './anchors.ts'
import { isGenuine } from './archive-signature.ts'

/**
 * Walks a studio's whole chain and names the first link that does not hold: a row or seal that was changed, taken out or
 * slipped in, seals made anew without the key, and, by the anchors in the object store, an end that was cut off. It reads
 * in many short transactions, so that a long chain holds neither a connection nor the event loop.
 */
export async function verifyChain(
  { db, store, crypto }: Pick<Deps, 'db' | 'store' | 'crypto'>,
  organizationId: string,
  now: Date,
): Promise<ChainView> {
  const actor: SystemActor = { kind: 'system', organizationId, job: 'verify-audit' }
  const anchors = await readAnchors(store, crypto, organizationId, now)
  const archived = await inTenant(db, actor, (tx) => archivedMonths(tx, crypto))
  const isArchived = (auditId: string) => archived.has(monthOfId(auditId))

  let place: ChainPlace = chainBeginning
  let fault: ChainFault | null = null
  for (;;) {
    const step = await inTenant(db, actor, (tx) => followChain(tx, crypto, place, isArchived))
    place = step.place
    fault = step.broken
    if (fault || step.checked === 0) break
  }
  fault ??= await inTenant(db, actor, (tx) => compareAnchors(tx, anchors, place.seq))
  if (!fault) {
    const unsealed = await inTenant(db, actor, findUnsealed)
    if (unsealed) fault = { kind: 'row_slipped_in', seq: null, auditId: unsealed.id }
  }
  const head = await inTenant(db, actor, readChainHead)
  return {
    intact: fault === null,
    verifiedSeals: place.seq,
    fault,
    head: head ? { seq: head.seq, hash: head.hash, sealedAt: head.sealedAt } : null,
    anchor: newest(anchors),
    archivedMonths: archived.size,
    verifiedAt: now.toISOString(),
  }
}

function newest(anchors: readonly KeptAnchor[]) {
  const last = anchors.findLast(({ anchor }) => anchor !== null)
  return last?.anchor ? { day: last.day, seq: last.anchor.seq } : null
}

/** The months whose rows lie in archives, by records that we signed. */
async function archivedMonths(tx: TenantTx, crypto: Crypto): Promise<Set<string>> {
  const rows = await tx.select().from(auditArchives)
  return new Set(rows.filter((row) => isGenuine(crypto, row)).map((row) => row.month.slice(0, 7)))
}

/** What the anchors say against a chain that holds by itself. */
async function compareAnchors(
  tx: TenantTx,
  anchors: readonly KeptAnchor[],
  lastSeq: number,
): Promise<ChainFault | null> {
  for (const { anchor } of anchors) {
    if (!anchor) return { kind: 'anchor_forged', seq: null, auditId: null }
    if (anchor.seq > lastSeq) return { kind: 'end_cut_off', seq: lastSeq + 1, auditId: null }
    const [seal] = await tx.select({ hash: auditSeals.hash }).from(auditSeals).where(eq(auditSeals.seq, anchor.seq))
    if (seal?.hash !== anchor.hash) return { kind: 'chain_replaced', seq: anchor.seq, auditId: anchor.auditId }
  }
  return null
}

/** Checks a studio's chain once at a time: whoever asks meanwhile gets the same answer. */
export function createVerifier(
  deps: Pick<Deps, 'db' | 'store' | 'crypto'>,
): (organizationId: string) => Promise<ChainView> {
  const running = new Map<string, Promise<ChainView>>()
  return (organizationId) => {
    const known = running.get(organizationId)
    if (known) return known
    const walk = verifyChain(deps, organizationId, new Date()).finally(() => running.delete(organizationId))
    running.set(organizationId, walk)
    return walk
  }
}
