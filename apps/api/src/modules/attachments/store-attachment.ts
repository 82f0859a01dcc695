import type { FastifyRequest } from 'fastify'
import { maxAttachmentBytes, type NewAttachmentView } from '@sparkle/shared/attachments'
import { AppError } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { createTurns } from '../../core/turns.ts'
import type { Deps } from '../../plugins/types.ts'
import { readFileForm } from '../assets/file-form.service.ts'
import { addAttachment, assertMayAttach } from './attachments.service.ts'
import { checkAttachment } from './check-attachment.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'scanner'>

const busy = () =>
  new AppError('unavailable', 'attachment.busy', 'Many files are being checked. Try again in a minute.')
/** A file is held in memory from its first byte on. A browser sends three at a time. */
const takePlace = createTurns({ atOnce: 10, longestQueue: 20, perCaller: 4, busy })
/** Decoding a picture takes up to 200 MB, so only a few are looked at at a time. */
const takeTurn = createTurns({ atOnce: 2, longestQueue: 20, busy })

/**
 * Takes a file: right first, then a place in memory, the bytes, and the row; whatever goes wrong after the bytes, they are
 * not kept.
 */
export async function storeAttachment(
  { db, ...deps }: Needed,
  request: FastifyRequest,
  projectId: string,
): Promise<NewAttachmentView> {
  const { reviewer: actor } = request
  await inTenant(db, actor, (tx) => assertMayAttach(tx, actor, projectId))
  return takePlace(() => keep(deps, request, projectId), actor.kind === 'guest' ? actor.linkId : actor.userId)
}

async function keep(
  { store, scanner }: Omit<Needed, 'db'>,
  request: FastifyRequest,
  projectId: string,
): Promise<NewAttachmentView> {
  const { reviewer: actor } = request
  const sent = await readFileForm(request, 'attachment', maxAttachmentBytes)
  // What an Idempotency-Key is compared by: another file under the same key is another request.
  request.body = { filename: sent.filename, digest: sha256(sent.bytes) }
  const { bytes, filename, mimeType } = await takeTurn(() => checkAttachment(scanner, sent))
  const [id, digest] = [newId(), sha256(bytes)]
  const storageKey = `${actor.organizationId}/attachments/${id}-${digest.slice(0, 16)}`
  await store.put(storageKey, bytes, mimeType)
  try {
    const file = { id, filename, mimeType, fileSize: bytes.length, digest, storageKey }
    const kept = await request.inTenant((tx) => addAttachment(tx, actor, projectId, file))
    // A replay answers the file of the first time, and this copy is one too many.
    if (kept.id !== id) await store.delete(storageKey)
    return kept
  } catch (error) {
    await store.delete(storageKey)
    throw error
  }
}
