import { messageWindowMinutes } from '@sparkle/shared/conversations'
import { can, isClient, type UserActor } from '../../core/actor.ts'
import { conflict, forbidden } from '../../core/app-error.ts'

/** The part of a message that rights over it are decided on. */
export interface MessageFacts {
  projectId: string
  accountId: string | null
  assignedArtistId: string | null
  authorUserId: string | null
  createdAt: string
  deletedAt: string | null
}

export function placeOf({ projectId, accountId, assignedArtistId }: MessageFacts) {
  return { projectId, accountId, assignedArtistId }
}

const isOwn = (actor: UserActor, message: MessageFacts) => message.authorUserId === actor.userId
const inWindow = ({ createdAt }: MessageFacts, now: number) =>
  now - Date.parse(createdAt) < messageWindowMinutes * 60_000
const maySend = (actor: UserActor, message: MessageFacts) => can(actor, 'messages:send', placeOf(message))

export function mayEdit(actor: UserActor, message: MessageFacts, now = Date.now()): boolean {
  return !message.deletedAt && isOwn(actor, message) && inWindow(message, now) && maySend(actor, message)
}

/** Authors for a while; whoever runs the studio at any time, for what should not stand there. */
export function mayDelete(actor: UserActor, message: MessageFacts, now = Date.now()): boolean {
  if (message.deletedAt) return false
  return mayEdit(actor, message, now) || (!isClient(actor) && can(actor, 'studio:update'))
}

/** Throws 409 `message.deleted`, 403 `message.not_yours` and 409 `message.window_over`, whichever comes first. */
export function assertMayChange(actor: UserActor, message: MessageFacts, what: 'edit' | 'delete'): void {
  if (message.deletedAt) conflict('message.deleted', 'This message was deleted.')
  if (what === 'edit' ? mayEdit(actor, message) : mayDelete(actor, message)) return
  if (!isOwn(actor, message) || !maySend(actor, message))
    forbidden('message.not_yours', 'Only its author can change a message.')
  conflict(
    'message.window_over',
    `A message can be changed for ${messageWindowMinutes} minutes. Write another one instead.`,
  )
}
