import type { AttachmentView } from '@sparkle/shared/attachments'
import type {
  ListMessagesQuery,
  MessageList,
  MessageView,
  PresentPerson,
  ReadMark,
  SendMessageInput,
  UnreadConversation,
  UnreadCount,
} from '@sparkle/shared/conversations'
import { deniedProjects } from '@sparkle/shared/decide'
import { can, isClient, sideOf, type UserActor } from '../../core/actor.ts'
import { assertVersion, forbidden, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { isoTime } from '../../db/time.ts'
import {
  attachmentsOf,
  releaseAttachments,
  takeAttachments,
  type AttachmentLinker,
} from '../attachments/attachments.service.ts'
import { markConversationRead } from '../notifications/conversation.queries.ts'
import { openProject, readProject } from '../projects/projects.service.ts'
import {
  countMessages,
  countUnread,
  findMessage,
  insertMessage,
  listMessages,
  listPeople,
  listReadMarks,
  listUnread,
  lockMessage,
  moveReadMark,
  newestNumber,
  rewriteMessage,
  type MessageRow,
} from './messages.queries.ts'
import { assertMayChange, mayDelete, mayEdit, placeOf } from './messages.rules.ts'

/** The most conversations that a list of unread ones names. */
const mostUnread = 100

function viewOf(actor: UserActor, row: MessageRow, attachments: AttachmentView[] = []): MessageView {
  return {
    id: row.id,
    projectId: row.projectId,
    number: row.number,
    author: {
      userId: row.authorUserId,
      name: row.authorName,
      side: row.side,
      mine: row.authorUserId === actor.userId,
    },
    body: row.body,
    attachments,
    editedAt: row.editedAt,
    deletedAt: row.deletedAt,
    createdAt: row.createdAt,
    version: row.version,
    may: { edit: mayEdit(actor, row), delete: mayDelete(actor, row) },
  }
}

/** A page of a project's conversation. */
export async function listConversation(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: UserActor,
  projectId: string,
  { sort, cursor, limit, include }: ListMessagesQuery,
): Promise<MessageList> {
  await readProject(tx, actor, projectId, { permission: 'messages:read' })
  const [beyond] = cursor ? decodeCursor(cursor, sort, ['number']) : []
  const page = toPage(await listMessages(tx, projectId, { sort, beyond, limit }), limit, sort, (row) => [row.number])
  const files = await attachmentsOf(
    tx,
    link,
    page.rows.map(({ id }) => id),
  )
  return {
    items: page.rows.map((row) => viewOf(actor, row, files.get(row.id))),
    nextCursor: page.nextCursor,
    ...(asksFor(include, 'total') && { total: await countMessages(tx, projectId) }),
  }
}

async function getMessage(tx: TenantTx, link: AttachmentLinker, actor: UserActor, id: string): Promise<MessageView> {
  const row = (await findMessage(tx, id)) ?? notFound('message')
  return viewOf(actor, row, (await attachmentsOf(tx, link, [id])).get(id))
}

function announce(tx: TenantTx, actor: UserActor, type: 'message:added' | 'message:updated' | 'message:deleted') {
  return async ({
    id,
    projectId,
    number,
    side,
    petName,
  }: Pick<MessageRow, 'id' | 'projectId' | 'number' | 'side' | 'petName'>) => {
    await recordAudit(tx, actor, type, { entity: 'message', id })
    await emit(tx, actor, type, { projectId, data: { messageId: id, number, side, petName } })
  }
}

/**
 * Writes to the other side. The own mark moves along where nothing is unread: a message may have waited on a phone
 * without a network while others were written, and those have not been seen.
 */
export async function sendToConversation(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: UserActor,
  projectId: string,
  { body, attachmentIds }: SendMessageInput,
): Promise<MessageView> {
  if (actor.actingAs) forbidden('message.not_yours', 'Only people of the studio and of the account write here.')
  const { petName } = await openProject(tx, actor, projectId, { permission: 'messages:send' })
  const [id, side] = [newId(), sideOf(actor)]
  const number = (await newestNumber(tx, projectId)) + 1
  const { count: unread } = await countUnread(tx, projectId, actor.userId)
  await insertMessage(tx, { id, projectId, number, authorUserId: actor.userId, side, body })
  await takeAttachments(tx, actor, projectId, attachmentIds, { kind: 'message', id })
  if (unread === 0) await moveReadMark(tx, projectId, actor.userId, number)
  await announce(tx, actor, 'message:added')({ id, projectId, number, side, petName })
  return getMessage(tx, link, actor, id)
}

/** The message as it is under its lock, where somebody may see its conversation. Throws 404. */
async function openMessage(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<MessageRow> {
  const row = (await lockMessage(tx, id)) ?? notFound('message')
  const place = placeOf(row)
  if (!can(actor, 'projects:read', place) || !can(actor, 'messages:read', place)) notFound('message')
  assertVersion(row.version, expected)
  return row
}

/** Changes the words of an own message, for a while. */
export async function changeMessage(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: UserActor,
  id: string,
  body: string,
  expected: number | null,
): Promise<MessageView> {
  const row = await openMessage(tx, actor, id, expected)
  assertMayChange(actor, row, 'edit')
  if (row.body === body) return getMessage(tx, link, actor, id)
  if (body === '' && !(await attachmentsOf(tx, link, [id])).has(id))
    invalid('message.empty', 'Say something, or take the message back.', 'body.body')
  await rewriteMessage(tx, id, body)
  await announce(tx, actor, 'message:updated')(row)
  return getMessage(tx, link, actor, id)
}

/** Takes a message back: its words and files go, its place stays. */
export async function deleteMessage(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const row = await openMessage(tx, actor, id, expected)
  assertMayChange(actor, row, 'delete')
  await rewriteMessage(tx, id, null)
  await releaseAttachments(tx, [id])
  await announce(tx, actor, 'message:deleted')(row)
}

/**
 * Notes how far somebody has read, and that they know what they were told of it. Answers where they stand now; null for
 * somebody who acts as an admin, whose looking on is nobody's reading.
 */
export async function markRead(tx: TenantTx, actor: UserActor, projectId: string, upTo: number) {
  await readProject(tx, actor, projectId, { permission: 'messages:read' })
  if (actor.actingAs) return { stands: null, unread: await countUnread(tx, projectId, actor.userId) }
  const newest = await newestNumber(tx, projectId)
  const stands = newest > 0 ? await moveReadMark(tx, projectId, actor.userId, Math.min(upTo, newest)) : 0
  await markConversationRead(tx, actor.userId, projectId, stands)
  return { stands, unread: await countUnread(tx, projectId, actor.userId) }
}

export async function listReaders(tx: TenantTx, actor: UserActor, projectId: string): Promise<{ items: ReadMark[] }> {
  await readProject(tx, actor, projectId, { permission: 'messages:read' })
  const marks = await listReadMarks(tx, projectId)
  return { items: marks.map((mark) => ({ ...mark, mine: mark.userId === actor.userId })) }
}

export async function getUnread(tx: TenantTx, actor: UserActor, projectId: string): Promise<UnreadCount> {
  await readProject(tx, actor, projectId, { permission: 'messages:read' })
  return countUnread(tx, projectId, actor.userId)
}

/** All conversations with something unread that somebody takes part in. */
export async function listUnreadConversations(
  tx: TenantTx,
  actor: UserActor,
): Promise<{ items: UnreadConversation[] }> {
  const hidden = new Set([...deniedProjects(actor, 'projects:read'), ...deniedProjects(actor, 'messages:read')])
  const filter = {
    userId: actor.userId,
    without: [...hidden],
    ...(isClient(actor) && { accountId: actor.accountId ?? actor.userId }),
    ...(actor.role === 'artist' && { assignedArtistId: actor.userId }),
  }
  const rows = await listUnread(tx, filter, mostUnread)
  return { items: rows.map((row) => ({ ...row, newestAt: isoTime(row.newestAt) })) }
}

/** Those of these people who are members, for somebody who may see the project that they have open. */
export async function listPresent(
  tx: TenantTx,
  actor: UserActor,
  projectId: string,
  userIds: readonly string[],
): Promise<{ items: PresentPerson[] }> {
  await readProject(tx, actor, projectId, { permission: 'projects:read' })
  const people = await listPeople(tx, userIds)
  return { items: people.map((person) => ({ ...person, mine: person.userId === actor.userId })) }
}
