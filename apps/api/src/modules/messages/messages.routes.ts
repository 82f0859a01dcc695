import {
  listMessagesQuery,
  messageList,
  messageView,
  presenceList,
  readMarkList,
  readMessagesInput,
  sendMessageInput,
  unreadConversationList,
  unreadCount,
  updateMessageInput,
} from '@sparkle/shared/conversations'
import { idParams } from '@sparkle/shared/text'
import { z } from 'zod'
import { AppError } from '../../core/app-error.ts'
import { rosterOf, tellRoom } from '../../core/transient.ts'
import type { App } from '../../plugins/types.ts'
import { createAttachmentLinker } from '../attachments/attachments.service.ts'
import {
  changeMessage,
  deleteMessage,
  getUnread,
  listConversation,
  listPresent,
  listReaders,
  listUnreadConversations,
  markRead,
  sendToConversation,
} from './messages.service.ts'

const tags = ['Messages']

export async function messageRoutes(app: App): Promise<void> {
  const { shared, crypto, config } = app.deps
  const link = createAttachmentLinker(crypto, config.publicOrigin)

  app.get(
    '/projects/:id/messages',
    {
      config: { access: 'messages:read' },
      schema: {
        operationId: 'listMessages',
        summary: "A project's conversation, newest first",
        description: 'Deleted messages keep their number and have no words.',
        tags,
        params: idParams,
        querystring: listMessagesQuery,
        response: { 200: messageList },
      },
    },
    (req) => req.inTenant((tx) => listConversation(tx, link, req.actor, req.params.id, req.query)),
  )

  app.post(
    '/projects/:id/messages',
    {
      config: { access: 'messages:send' },
      schema: {
        operationId: 'sendMessage',
        summary: 'Write to the other side',
        description: 'Those concerned are told; several messages within a short time make one piece of news.',
        tags,
        params: idParams,
        body: sendMessageInput,
        response: { 201: messageView },
      },
    },
    async (req, reply) =>
      reply
        .code(201)
        .send(await req.inTenant((tx) => sendToConversation(tx, link, req.actor, req.params.id, req.body))),
  )

  app.get(
    '/projects/:id/messages/reads',
    {
      config: { access: 'messages:read' },
      schema: {
        operationId: 'listMessageReads',
        summary: 'How far everybody has read',
        description: '`GET /events` sends `message:read` in the room of the project when one of them reads on.',
        tags,
        params: idParams,
        response: { 200: readMarkList },
      },
    },
    (req) => req.inTenant((tx) => listReaders(tx, req.actor, req.params.id)),
  )

  app.post(
    '/projects/:id/messages/read',
    {
      config: { access: 'messages:read' },
      schema: {
        operationId: 'readMessages',
        summary: 'Note how far you have read',
        description: 'Never goes back. Notifications of what was read are read, too.',
        tags,
        params: idParams,
        body: readMessagesInput,
        response: { 200: unreadCount },
      },
    },
    async (req) => {
      const { actor, params, body } = req
      const { stands, unread } = await req.inTenant((tx) => markRead(tx, actor, params.id, body.upTo))
      if (stands === null) return unread
      const room = `project:${params.id}`
      await tellRoom(shared, actor, { type: 'message:read', room, upTo: stands }).catch((error: unknown) =>
        req.log.warn({ err: error }, 'nobody was told how far was read'),
      )
      return unread
    },
  )

  app.get(
    '/projects/:id/messages/unread-count',
    {
      config: { access: 'messages:read' },
      schema: {
        operationId: 'countUnreadMessages',
        summary: "How much of a project's conversation you have not read",
        tags,
        params: idParams,
        response: { 200: unreadCount },
      },
    },
    (req) => req.inTenant((tx) => getUnread(tx, req.actor, req.params.id)),
  )

  app.get(
    '/messages/unread',
    {
      config: { access: 'messages:read' },
      schema: {
        operationId: 'listUnreadConversations',
        summary: 'Conversations with something you have not read, newest first',
        description: 'Of the last 90 days, at most 100. Artists: of the projects assigned to them.',
        tags,
        response: { 200: unreadConversationList },
      },
    },
    (req) => req.inTenant((tx) => listUnreadConversations(tx, req.actor)),
  )

  app.patch(
    '/messages/:id',
    {
      config: { access: 'messages:send' },
      schema: {
        operationId: 'updateMessage',
        summary: 'Change a message of your own, within 15 minutes',
        tags,
        params: idParams,
        body: updateMessageInput,
        response: { 200: messageView },
      },
    },
    (req) => req.inTenant((tx) => changeMessage(tx, link, req.actor, req.params.id, req.body.body, req.ifMatch)),
  )

  app.delete(
    '/messages/:id',
    {
      config: { access: 'messages:send' },
      schema: {
        operationId: 'deleteMessage',
        summary: 'Take a message back',
        description: 'An own one within 15 minutes; admins any one at any time.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteMessage(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/projects/:id/presence',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'listPresence',
        summary: 'Who has the project open right now',
        description:
          'Everybody once, however many pages they have open. `GET /events` sends `user:joined` and `user:left` in the room of the project. 503 where the shared state does not answer.',
        tags,
        params: idParams,
        response: { 200: presenceList },
      },
    },
    async (req) => {
      const { actor, params } = req
      const here = await shared
        .present(rosterOf(actor.organizationId, `project:${params.id}`))
        .catch((error: unknown) => {
          req.log.warn({ err: error }, 'presence could not be read')
          throw new AppError('unavailable', 'presence.unavailable', 'Who is here is not known right now.')
        })
      return req.inTenant((tx) => listPresent(tx, actor, params.id, here))
    },
  )
}
