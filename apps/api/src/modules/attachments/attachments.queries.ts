import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { fields, statement } from '../../core/statement.ts'
import { attachments as a, type AttachmentOwner } from '../../db/tables/attachments.ts'

const columns = {
  id: a.id,
  projectId: a.projectId,
  filename: a.filename,
  mimeType: a.mimeType,
  fileSize: a.fileSize,
  digest: a.digest,
  storageKey: a.storageKey,
  ownerId: a.ownerId,
}

const mine = (tx: TenantTx) => eq(a.organizationId, tx.organizationId)
/** `any` over no values is never true, where Drizzle refuses an empty list. */
const among = (ids: readonly string[]) => (ids.length > 0 ? inArray(a.id, [...ids]) : sql`false`)

export async function insertAttachment(
  tx: TenantTx,
  values: Omit<typeof a.$inferInsert, 'organizationId'>,
): Promise<void> {
  await tx.insert(a).values({ ...values, organizationId: tx.organizationId })
}

export type Uploader = { uploadedBy: string } | { guestLinkId: string }

const by = (uploader: Uploader) =>
  'guestLinkId' in uploader ? eq(a.guestLinkId, uploader.guestLinkId) : eq(a.uploadedBy, uploader.uploadedBy)

/** How many attachments of this uploader belong to nothing. */
export function countLoose(tx: TenantTx, uploader: Uploader): Promise<number> {
  return tx.$count(a, and(mine(tx), isNotNull(a.looseSince), by(uploader)))
}

/** Those of these that belong to nothing and will not be swept at once, of this project and this uploader, locked. */
export function lockLoose(tx: TenantTx, projectId: string, uploader: Uploader, ids: readonly string[]) {
  return tx
    .select({ id: a.id })
    .from(a)
    .where(
      and(
        mine(tx),
        among(ids),
        eq(a.projectId, projectId),
        by(uploader),
        gt(a.looseSince, sql`now() - interval '23 hours'`),
      ),
    )
    .for('update')
}

export async function giveTo(tx: TenantTx, ids: readonly string[], owner: { kind: AttachmentOwner; id: string }) {
  await tx
    .update(a)
    .set({ ownerKind: owner.kind, ownerId: owner.id, looseSince: null })
    .where(and(mine(tx), among(ids)))
}

/** Takes the attachments off what they belong to; the sweep takes them a day later. */
export async function loosen(tx: TenantTx, ownerIds: readonly string[]): Promise<void> {
  if (ownerIds.length === 0) return
  await tx
    .update(a)
    .set({ ownerKind: null, ownerId: null, looseSince: sql`now()` as unknown as string })
    .where(and(mine(tx), inArray(a.ownerId, [...ownerIds])))
}

export async function listOwned(tx: TenantTx, ownerIds: readonly string[]) {
  if (ownerIds.length === 0) return []
  return tx
    .select(columns)
    .from(a)
    .where(and(mine(tx), inArray(a.ownerId, [...ownerIds])))
    .orderBy(asc(a.createdAt), asc(a.id))
}
export type AttachmentRow = Awaited<ReturnType<typeof listOwned>>[number]

/** Those that have belonged to nothing for a day. */
export function listAbandoned(tx: TenantTx, most: number) {
  return tx
    .select({ id: a.id, storageKey: a.storageKey })
    .from(a)
    .where(and(mine(tx), lt(a.looseSince, sql`now() - interval '1 day'`)))
    .limit(most)
}

export async function deleteAttachments(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await tx.delete(a).where(and(mine(tx), among(ids), isNull(a.ownerId)))
}

/** The file behind a signed link; none where it belongs to nothing any more. */
export const linkedAttachment = statement<{ organizationId: string; id: string }>('attachments.linked')((q) =>
  q
    .select(
      fields({
        id: a.id,
        projectId: a.projectId,
        filename: a.filename,
        mimeType: a.mimeType,
        digest: a.digest,
        storageKey: a.storageKey,
      }),
    )
    .from(a)
    .where(
      and(
        eq(a.organizationId, sql.placeholder('organizationId')),
        eq(a.id, sql.placeholder('id')),
        isNull(a.looseSince),
      ),
    ),
)
