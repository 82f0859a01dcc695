import type { AttachmentView, NewAttachmentView } from '@sparkle/shared/attachments'
import type { Reviewer } from '../../core/actor.ts'
import { conflict, invalid } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { AttachmentOwner } from '../../db/tables/attachments.ts'
import { readProject } from '../projects/projects.service.ts'
import {
  countLoose,
  giveTo,
  insertAttachment,
  listOwned,
  lockLoose,
  loosen,
  type Uploader,
} from './attachments.queries.ts'

/** Makes the address at which one attachment can be had; a guest's ends with their visit. */
export type AttachmentLinker = (organizationId: string, id: string, visitId?: string | null) => string

const hourMs = 3_600_000

/** Makes links that are good for one to two hours, and the same all hour long, so that browsers keep what they have. */
export function createAttachmentLinker(crypto: Pick<Crypto, 'signToken'>, publicOrigin: string): AttachmentLinker {
  return (organizationId, id, visitId = null) => {
    const expiresAt = new Date((Math.floor(Date.now() / hourMs) + 2) * hourMs)
    const ids = [organizationId, id, ...(visitId ? [visitId] : [])]
    return `${publicOrigin}/api/v1/attachments/${crypto.signToken('attachment', ids, expiresAt)}`
  }
}

/** How many files of one person, or of the guests of one link, may lie about that nothing names. */
const mostLoose = 30

/**
 * Throws 404 for a project that somebody does not see, 403 where they may not say anything about it, and 409
 * `attachment.too_many_loose` where they have uploaded more than they have sent.
 */
export async function assertMayAttach(tx: TenantTx, actor: Reviewer, projectId: string): Promise<void> {
  await readProject(tx, actor, projectId)
  if ((await countLoose(tx, uploaderOf(actor))) >= mostLoose)
    conflict(
      'attachment.too_many_loose',
      `At most ${mostLoose} uploaded files may wait to be sent. Send them with a comment or a message; what is not sent within a day is deleted.`,
    )
}

/** Whose an attachment is: a person's, or of the guests of a link. */
function uploaderOf(actor: Reviewer): Uploader {
  return actor.kind === 'guest' ? { guestLinkId: actor.linkId } : { uploadedBy: actor.userId }
}

export type StoredAttachment = NewAttachmentView & { storageKey: string }

/** Keeps a file whose bytes are checked and stored. It belongs to nothing yet. */
export async function addAttachment(
  tx: TenantTx,
  actor: Reviewer,
  projectId: string,
  file: StoredAttachment,
): Promise<NewAttachmentView> {
  await assertMayAttach(tx, actor, projectId)
  const { storageKey, ...view } = file
  await insertAttachment(tx, { ...view, storageKey, projectId, ...uploaderOf(actor) })
  await recordAudit(tx, actor, 'attachment:added', { entity: 'attachment', id: file.id })
  return view
}

/**
 * Gives somebody's own loose attachments of a project to a comment or a message. Throws 422 `attachment.not_yours` where
 * one is not there, of another project or person, or belongs to something already.
 */
export async function takeAttachments(
  tx: TenantTx,
  actor: Reviewer,
  projectId: string,
  ids: readonly string[],
  owner: { kind: AttachmentOwner; id: string },
): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const found = await lockLoose(tx, projectId, uploaderOf(actor), wanted)
  if (found.length !== wanted.length)
    invalid(
      'attachment.not_yours',
      'An attachment is yours, of this project, and belongs to one thing only. Upload it again.',
      'body.attachmentIds',
    )
  await giveTo(tx, wanted, owner)
}

/** Takes away what belongs to these comments or messages; their links end at once. */
export async function releaseAttachments(tx: TenantTx, ownerIds: readonly string[]): Promise<void> {
  await loosen(tx, ownerIds)
}

/** The attachments of these comments or messages, by what they belong to. */
export async function attachmentsOf(
  tx: TenantTx,
  link: AttachmentLinker,
  ownerIds: readonly string[],
): Promise<Map<string, AttachmentView[]>> {
  const found = new Map<string, AttachmentView[]>()
  for (const { id, filename, mimeType, fileSize, ownerId } of await listOwned(tx, ownerIds)) {
    if (ownerId === null) continue
    const view = { id, filename, mimeType, fileSize, url: link(tx.organizationId, id) }
    found.set(ownerId, [...(found.get(ownerId) ?? []), view])
  }
  return found
}
