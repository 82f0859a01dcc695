import { z } from 'zod'
import { attachmentIds, attachmentView } from './attachments.ts'
import { listOf, pageQuery, sortedBy, wholeListOf } from './lists.ts'
import { id, moment, prose, text, time, version } from './text.ts'

/** How long its author may change or delete a comment. */
export const editMinutes = 15
/** The most replies in one thread. */
export const maxReplies = 200
/** How many of them, the newest, come with their thread. */
export const shownReplies = 20
export const maxMentions = 10
/** The longest log the games' engine writes: five minutes of play (`@sparkle/games/engine/input-log`). */
export const maxPlayLogLength = 120_025
/** The last tick of a play. */
export const maxPlayTicks = 18_000

export const commentSides = ['studio', 'client', 'guest'] as const
export type CommentSide = (typeof commentSides)[number]
export const anchorKinds = ['point', 'moment'] as const
export type AnchorKind = (typeof anchorKinds)[number]

/** A place in a picture, as a part of its width and height, whatever size it is shown in. */
const coordinate = z.number().min(0).max(1)
const stateHash = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .meta({ description: "The engine's fingerprint of the state that is reached at the tick." })
const tick = z
  .int()
  .min(0)
  .max(maxPlayTicks)
  .meta({ description: 'How many ticks of the log have been played, 60 to the second.' })

const pointInput = z.object({ kind: z.literal('point'), x: coordinate, y: coordinate })
const momentInput = z.object({
  kind: z.literal('moment'),
  buildId: id,
  tick,
  stateHash,
  log: text(maxPlayLogLength, 1)
    .regex(/^[\w-]+$/, { error: "Must be a log of the games' engine." })
    .meta({ description: 'The whole play up to the tick or longer, as the game records it.' }),
  x: coordinate.optional(),
  y: coordinate.optional(),
})

const body = prose(4000)
const mentions = z
  .array(id)
  .max(maxMentions)
  .default([])
  .meta({ description: 'People who are told of it by name; `GET /versions/{id}/comments/people` lists them.' })

export const createCommentInput = z
  .object({
    body,
    parentId: id
      .optional()
      .meta({ description: 'The comment that begins the thread; replies have none of their own.' }),
    internal: z
      .boolean()
      .default(false)
      .meta({ description: 'For the studio alone. A reply to an internal comment always is.' }),
    anchor: z.discriminatedUnion('kind', [pointInput, momentInput]).nullable().default(null),
    mentions,
    attachmentIds,
  })
  .refine((input) => input.body !== '' || input.attachmentIds.length > 0, {
    error: 'Say something, or attach a file.',
    path: ['body'],
  })
  .meta({ id: 'CreateCommentInput' })
export type CreateCommentInput = z.infer<typeof createCommentInput>

export const updateCommentInput = z.object({ body, mentions }).partial().meta({ id: 'UpdateCommentInput' })
export type UpdateCommentInput = z.infer<typeof updateCommentInput>

const pointAnchor = z.object({ kind: z.literal('point'), x: z.number(), y: z.number() })
const momentAnchor = z.object({
  kind: z.literal('moment'),
  buildId: id,
  tick: z.int(),
  stateHash: z.string(),
  x: z.number().nullable().meta({ description: 'Where in the picture at that moment, if somebody pointed.' }),
  y: z.number().nullable(),
})
export const anchorView = z.discriminatedUnion('kind', [pointAnchor, momentAnchor]).nullable()
export type AnchorView = z.infer<typeof anchorView>

const personView = z.object({ userId: id.nullable(), name: z.string().nullable() })

export const replyView = z
  .object({
    id,
    versionId: id,
    parentId: id.nullable(),
    author: personView.extend({ side: z.enum(commentSides) }),
    body: z.string().meta({ description: 'Empty once it is deleted.' }),
    internal: z.boolean(),
    anchor: anchorView,
    mentions: z.array(z.object({ userId: id, name: z.string().nullable() })),
    attachments: z.array(attachmentView),
    resolvedAt: time.nullable(),
    resolvedBy: personView.nullable(),
    editedAt: time.nullable(),
    deletedAt: time
      .nullable()
      .meta({ description: 'Set on what still holds a thread together, and says nothing any more.' }),
    createdAt: time,
    version,
    unread: z.boolean(),
    may: z.object({ edit: z.boolean(), delete: z.boolean(), resolve: z.boolean() }),
  })
  .meta({ id: 'CommentReply' })
export type ReplyView = z.infer<typeof replyView>

export const commentView = replyView
  .extend({
    replies: z
      .array(replyView)
      .max(shownReplies)
      .meta({
        description: `The newest ${shownReplies}, oldest first; \`GET /comments/{id}/replies\` has all. A reply has none.`,
      }),
    replyCount: z.int().meta({ description: 'How many replies there are that the reader may see.' }),
  })
  .meta({ id: 'Comment' })
export type CommentView = z.infer<typeof commentView>

export const commentList = listOf(commentView)
export const listCommentsQuery = pageQuery.extend({
  ...sortedBy('-createdAt', 'createdAt'),
  state: z.enum(['open', 'resolved']).optional(),
  anchor: z
    .enum([...anchorKinds, 'none'])
    .optional()
    .meta({ description: '`none`: about the whole version.' }),
})
export type ListCommentsQuery = z.infer<typeof listCommentsQuery>

export const replyList = listOf(replyView)
export const listRepliesQuery = pageQuery.extend(sortedBy('-createdAt', 'createdAt'))
export type ListRepliesQuery = z.infer<typeof listRepliesQuery>

export const readCommentsInput = z
  .object({
    upTo: moment
      .optional()
      .meta({ description: 'The `createdAt` of the newest comment that was shown; without it, all are marked.' }),
  })
  .meta({ id: 'ReadCommentsInput' })
export type ReadCommentsInput = z.infer<typeof readCommentsInput>

/** How many comments of a version its reader may see. */
export const commentCounts = z
  .object({
    total: z.int().meta({ description: 'With replies.' }),
    open: z.int().meta({ description: 'Threads that nobody has resolved.' }),
    unread: z.int(),
  })
  .meta({ id: 'CommentCounts' })
export type CommentCounts = z.infer<typeof commentCounts>

export const momentView = z
  .object({ buildId: id, tick: z.int(), stateHash: z.string(), log: z.string() })
  .meta({ id: 'PlayMoment' })
export type MomentView = z.infer<typeof momentView>

export const mentionable = z
  .object({ userId: id, name: z.string(), side: z.enum(['studio', 'client']) })
  .meta({ id: 'MentionablePerson' })
export type Mentionable = z.infer<typeof mentionable>
export const mentionableList = wholeListOf(mentionable)
export const mentionableQuery = z.object({
  internal: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Only those who may see an internal comment.' }),
})
