import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Crypto } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { pushSubscriptions as s } from '../../db/tables/notifications.ts'

const context = 'push.subscription'
/** Browsers of one person; the oldest goes when there is one more. */
const mostDevices = 20

function endpointIndex(crypto: Crypto, endpoint: string): string {
  return crypto.blindIndex(endpoint, 'push.endpoint')
}

/** Where a person's push messages go; each subscription as the JSON that was stored. */
export async function listSubscriptions(tx: TenantTx, crypto: Crypto, userId: string) {
  const rows = await tx
    .select({ id: s.id, cipher: s.subscriptionCipher })
    .from(s)
    .where(eq(s.userId, userId))
    .orderBy(desc(s.createdAt), desc(s.id))
    .limit(mostDevices)
  return rows.map(({ id, cipher }) => ({ id, subscription: crypto.decrypt(cipher, context) }))
}

export async function listDevices(tx: TenantTx, userId: string) {
  return tx
    .select({ id: s.id, device: s.device, createdAt: s.createdAt })
    .from(s)
    .where(eq(s.userId, userId))
    .orderBy(desc(s.createdAt), desc(s.id))
    .limit(mostDevices)
}

/** A browser belongs to whoever subscribed with it last: others who used it before hear nothing there any more. */
export async function saveSubscription(
  tx: TenantTx,
  crypto: Crypto,
  device: { userId: string; endpoint: string; json: string; name: string },
) {
  const values = {
    userId: device.userId,
    subscriptionCipher: crypto.encrypt(device.json, context),
    device: device.name,
  }
  const [row] = await tx
    .insert(s)
    .values({
      ...values,
      organizationId: tx.organizationId,
      id: newId(),
      endpointIndex: endpointIndex(crypto, device.endpoint),
    })
    .onConflictDoUpdate({ target: [s.organizationId, s.endpointIndex], set: values })
    .returning({ id: s.id, device: s.device, createdAt: s.createdAt })
  await forgetOldest(tx, device.userId)
  return row
}

async function forgetOldest(tx: TenantTx, userId: string): Promise<void> {
  const beyond = tx
    .select({ id: s.id })
    .from(s)
    .where(eq(s.userId, userId))
    .orderBy(desc(s.createdAt), desc(s.id))
    .offset(mostDevices)
  await tx.delete(s).where(inArray(s.id, beyond))
}

export async function deleteSubscriptions(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await tx.delete(s).where(inArray(s.id, [...ids]))
}

/** Answers whether there was such a subscription of this person. */
export async function deleteOwnSubscription(tx: TenantTx, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.delete(s).where(and(eq(s.userId, userId), eq(s.id, id)))
  return (rowCount ?? 0) > 0
}
