import { z } from 'zod'
import { attachmentIds, attachmentView } from './attachments.ts'
import { listOf, pageQuery, sortedBy, wholeListOf } from './lists.ts'
import { id, prose, time, version } from './text.ts'

/** Who writes: the studio's people, or the customer's. */
export const messageSides = ['studio', 'client'] as const
export type MessageSide = (typeof messageSides)[number]

/** How long its author may change a message or take it back. */
export const messageWindowMinutes = 15
export const longestMessage = 5000

const words = prose(longestMessage).meta({ description: 'Plain text; what is around it is trimmed.' })
const place = z.int().min(1).meta({ description: 'Its place in the conversation: counts up from 1, without gaps.' })

export const messageView = z
  .object({
    id,
    projectId: id,
    number: place,
    author: z.object({
      userId: id.nullable(),
      name: z.string().nullable().meta({ description: 'Null for somebody who was erased.' }),
      side: z.enum(messageSides),
      mine: z.boolean(),
    }),
    body: z.string().meta({ description: 'Empty once it was deleted.' }),
    attachments: z.array(attachmentView),
    editedAt: time.nullable(),
    deletedAt: time.nullable(),
    createdAt: time,
    version,
    may: z.object({ edit: z.boolean(), delete: z.boolean() }),
  })
  .meta({ id: 'Message' })
export type MessageView = z.infer<typeof messageView>

export const readMark = z
  .object({
    userId: id,
    name: z.string(),
    side: z.enum(messageSides),
    mine: z.boolean(),
    upTo: z.int().meta({ description: 'The number of the newest message they have read.' }),
    at: time,
  })
  .meta({ id: 'ReadMark' })
export type ReadMark = z.infer<typeof readMark>

export const messageList = listOf(messageView)
export type MessageList = z.infer<typeof messageList>
export const listMessagesQuery = pageQuery.extend(sortedBy('-number', 'number'))
export type ListMessagesQuery = z.infer<typeof listMessagesQuery>

export const sendMessageInput = z
  .object({ body: words.default(''), attachmentIds })
  .refine((input) => input.body !== '' || input.attachmentIds.length > 0, {
    error: 'Say something, or attach a file.',
    path: ['body'],
  })
  .meta({ id: 'SendMessageInput' })
export type SendMessageInput = z.infer<typeof sendMessageInput>
export const updateMessageInput = z.object({ body: words }).meta({ id: 'UpdateMessageInput' })

export const readMessagesInput = z.object({ upTo: place }).meta({ id: 'ReadMessagesInput' })
export const readMarkList = wholeListOf(readMark)
export const unreadCount = z
  .object({
    count: z.int(),
    first: z.int().nullable().meta({ description: 'The number of the oldest unread message.' }),
  })
  .meta({ id: 'UnreadMessageCount' })
export type UnreadCount = z.infer<typeof unreadCount>

export const unreadConversation = z
  .object({
    projectId: id,
    petName: z.string(),
    count: z.int(),
    firstMessageId: id,
    newestAt: time,
    from: z.string().nullable().meta({ description: 'Who wrote the newest of them.' }),
  })
  .meta({ id: 'UnreadConversation' })
export type UnreadConversation = z.infer<typeof unreadConversation>
export const unreadConversationList = wholeListOf(unreadConversation)

/** Somebody with the project open right now; several pages of one person count once. */
export const presentPerson = z
  .object({ userId: id, name: z.string(), side: z.enum(messageSides), mine: z.boolean() })
  .meta({ id: 'PresentPerson' })
export type PresentPerson = z.infer<typeof presentPerson>
export const presenceList = wholeListOf(presentPerson)
