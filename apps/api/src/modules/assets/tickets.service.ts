import { sql } from 'drizzle-orm'
import { orderUploadKeptSeconds } from '@sparkle/shared/orders'
import { actorUserId, type TenantActor } from '../../core/actor.ts'
import { conflict } from '../../core/app-error.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { uploadKey as arrivalKey } from './asset-files.ts'
import { insertAsset, insertTicket, lockOpenTickets, markTicketsUsed, type Ticket } from './assets.queries.ts'
import { assertUploadable, type UploadClaim } from './assets.rules.ts'
import { tell } from './assets.service.ts'

/** Makes room for a photo of an order that has not been sent yet. */
export async function createTicket(tx: TenantTx, input: UploadClaim) {
  const mimeType = assertUploadable(input, 'photo')
  const id = newId()
  const key = arrivalKey(tx.organizationId, id)
  await insertTicket(tx, {
    id,
    filename: input.filename,
    mimeType,
    sizeBytes: input.sizeBytes,
    storageKey: key,
    expiresAt: sql`now() + make_interval(secs => ${orderUploadKeptSeconds})` as unknown as string,
  })
  return { uploadId: id, key, mimeType }
}

/** The tickets of an order, locked. Throws 409 `upload.not_open` where one is unknown, used or expired. */
export async function openTickets(tx: TenantTx, ids: readonly string[]): Promise<Ticket[]> {
  const unique = [...new Set(ids)]
  const tickets = unique.length > 0 ? await lockOpenTickets(tx, unique) : []
  if (tickets.length < unique.length)
    conflict('upload.not_open', 'A photo of this order has been used already or has waited too long. Upload it again.')
  return tickets
}

/** Turns an order's photos into assets of its project. `settled`: by ticket, where the bytes lie for good. */
export async function adoptUploads(
  tx: TenantTx,
  actor: TenantActor,
  projectId: string,
  tickets: readonly Ticket[],
  settled: ReadonlyMap<string, string>,
): Promise<string[]> {
  const ids: string[] = []
  for (const ticket of tickets) {
    const uploadKey = settled.get(ticket.id)
    if (!uploadKey) throw new Error('A photo becomes an asset whose bytes have not arrived.')
    const asset = await insertAsset(tx, {
      id: newId(),
      projectId,
      assetType: 'photo',
      filename: ticket.filename,
      originalFilename: ticket.filename,
      mimeType: ticket.mimeType,
      fileSize: ticket.sizeBytes,
      uploadKey,
      uploadedAt: sql`now()` as unknown as string,
      uploadedBy: actorUserId(actor),
    })
    await tell(tx, actor, 'asset:added', asset)
    ids.push(asset.id)
  }
  if (tickets.length > 0)
    await markTicketsUsed(
      tx,
      tickets.map((ticket) => ticket.id),
    )
  return ids
}
