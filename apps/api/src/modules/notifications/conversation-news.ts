import type { EventData } from '@sparkle/shared/events'
import { beginning } from '@sparkle/shared/text'
import type { Actor } from '../../core/actor.ts'
import type { HandledEvent } from '../../core/event-handlers.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  findOpenTelling,
  isTold,
  listWrittenTo,
  lockTellings,
  readMarkOf,
  rewriteTelling,
} from './conversation.queries.ts'

/** A message joins what somebody was told of the same conversation so long ago, unless that has left the app. */
const joinMinutes = 15
/** What is quoted of the first message, in UTF-16 units. */
const quoted = 280

/**
 * Lets a message join what people were told of its conversation lately, so that several make one piece of news. Answers
 * who has to be told anew; whoever has read it already is not among them.
 */
export async function joinTellings(
  tx: TenantTx,
  actor: Actor,
  event: HandledEvent,
  people: readonly string[],
): Promise<string[]> {
  const { projectId } = event
  const number = Number(event.data['number'])
  if (!projectId) return [...people]
  const fresh: string[] = []
  for (const userId of people) {
    if ((await readMarkOf(tx, userId, projectId)) >= number) continue
    await lockTellings(tx, userId, projectId)
    if (await isTold(tx, userId, projectId, number)) continue
    const open = await findOpenTelling(tx, userId, projectId, joinMinutes)
    if (!open) {
      fresh.push(userId)
      continue
    }
    const data = await joined(tx, userId, projectId, number, open.data)
    if (!data) continue
    await rewriteTelling(tx, open.id, data)
    const what = { notificationId: open.id, userId, kind: 'message_received' }
    await emit(tx, actor, 'notification:added', { projectId, data: what })
  }
  return fresh
}

/** The telling with one more message in it; undefined where nothing is there to tell of any more. */
async function joined(tx: TenantTx, userId: string, projectId: string, number: number, data: EventData) {
  const first = Number(data['number'])
  const last = Number(data['last'] ?? first)
  const written = await listWrittenTo(tx, userId, projectId, Math.min(first, number))
  const [oldest] = written
  if (!oldest) return undefined
  const actorName = written.at(-1)?.author
  const place = { messageId: oldest.id, number: oldest.number, last: Math.max(last, number) }
  return { ...data, ...place, count: written.length, ...(actorName && { actorName }) }
}

/** What a conversation's news says when it is sent: read then, since messages are changed and taken back. */
export async function conversationFacts(
  tx: TenantTx,
  told: { userId: string; projectId: string | null; data: EventData },
): Promise<EventData | null> {
  const { userId, projectId, data } = told
  if (!projectId) return null
  const from = Math.max(Number(data['number'] ?? 1), (await readMarkOf(tx, userId, projectId)) + 1)
  const [first, ...more] = await listWrittenTo(tx, userId, projectId, from)
  if (!first) return null
  const line = first.body.replaceAll(/\s+/g, ' ').trim()
  const excerpt = line.length > quoted ? `${beginning(line, quoted)}…` : line
  return { messageId: first.id, count: 1 + more.length, excerpt, ...(first.author && { actorName: first.author }) }
}
