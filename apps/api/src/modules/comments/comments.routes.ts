import { z } from 'zod'
import {
  commentCounts,
  commentList,
  commentView,
  createCommentInput,
  listCommentsQuery,
  listRepliesQuery,
  mentionableList,
  mentionableQuery,
  momentView,
  readCommentsInput,
  replyList,
  updateCommentInput,
} from '@sparkle/shared/comments'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { createAttachmentLinker } from '../attachments/attachments.service.ts'
import { addComment } from './add-comment.ts'
import { changeComment, deleteComment, settleThread } from './change-comment.ts'
import {
  getComment,
  getMoment,
  listCommentPeople,
  listCommentViews,
  listReplyViews,
  readComments,
} from './comments.service.ts'

const tags = ['Comments']

export async function commentRoutes(app: App): Promise<void> {
  const { db, store, crypto, config } = app.deps
  const link = createAttachmentLinker(crypto, config.publicOrigin)

  app.get(
    '/versions/:id/comments',
    {
      config: { access: 'reviews:read', guests: 'reviews:comment' },
      schema: {
        operationId: 'listComments',
        summary: 'The threads on a version, newest first',
        description:
          'Each with its newest replies, oldest first, and how many there are. Customers get no internal ones, and no count of them.',
        tags,
        params: idParams,
        querystring: listCommentsQuery,
        response: { 200: commentList },
      },
    },
    (req) => req.inTenant((tx) => listCommentViews(tx, link, req.reviewer, req.params.id, req.query)),
  )

  app.post(
    '/versions/:id/comments',
    {
      config: { access: 'reviews:comment', guests: true, limit: { max: 30, windowSeconds: 60 } },
      schema: {
        operationId: 'addComment',
        summary: 'Comment on a version, or reply',
        description:
          'About the whole version, pinned to a point of a picture, or to a moment of play. A moment comes with the log of ' +
          'the play, which is replayed: 422 `comment.moment_differs` where that does not lead to the state it names. Send ' +
          'an `Idempotency-Key`, so that a comment written without a connection can be sent again. What is said about a ' +
          'draft is `internal`, whatever was asked for.',
        tags,
        params: idParams,
        body: createCommentInput,
        response: { 201: commentView },
      },
    },
    async (req, reply) => {
      const made = await addComment({ db, store }, link, req, req.params.id, req.body)
      return reply.code(201).header('location', `/api/v1/comments/${made.id}`).send(made)
    },
  )

  app.post(
    '/versions/:id/comments/read',
    {
      config: { access: 'reviews:read' },
      schema: {
        operationId: 'readComments',
        summary: "Mark a version's comments as read",
        tags,
        params: idParams,
        body: readCommentsInput.nullish(),
        response: { 200: commentCounts },
      },
    },
    (req) => req.inTenant((tx) => readComments(tx, req.actor, req.params.id, req.body ?? {})),
  )

  app.get(
    '/versions/:id/comments/people',
    {
      config: { access: 'reviews:comment' },
      schema: {
        operationId: 'listCommentPeople',
        summary: 'Whom a comment on a version may mention',
        description: 'Customers get of the studio those they have to do with, and names only.',
        tags,
        params: idParams,
        querystring: mentionableQuery,
        response: { 200: mentionableList },
      },
    },
    (req) => req.inTenant((tx) => listCommentPeople(tx, req.actor, req.params.id, req.query.internal === 'true')),
  )

  app.get(
    '/comments/:id',
    {
      config: { access: 'reviews:read', guests: 'reviews:comment' },
      schema: {
        operationId: 'getComment',
        summary: 'One comment with its newest replies',
        tags,
        params: idParams,
        response: { 200: commentView },
      },
    },
    (req) => req.inTenant((tx) => getComment(tx, link, req.reviewer, req.params.id)),
  )

  app.get(
    '/comments/:id/replies',
    {
      config: { access: 'reviews:read', guests: 'reviews:comment' },
      schema: {
        operationId: 'listReplies',
        summary: 'The replies to a comment, newest first',
        tags,
        params: idParams,
        querystring: listRepliesQuery,
        response: { 200: replyList },
      },
    },
    (req) => req.inTenant((tx) => listReplyViews(tx, link, req.reviewer, req.params.id, req.query)),
  )

  app.get(
    '/comments/:id/moment',
    {
      config: { access: 'reviews:read', guests: 'reviews:comment' },
      schema: {
        operationId: 'getCommentMoment',
        summary: 'The play that a comment is pinned to',
        description: 'Hand `log` and `tick` to the game of `buildId`: it replays and stands still at that moment.',
        tags,
        params: idParams,
        response: { 200: momentView },
      },
    },
    (req) => req.inTenant((tx) => getMoment(tx, req.reviewer, req.params.id)),
  )

  app.patch(
    '/comments/:id',
    {
      config: { access: 'reviews:comment', guests: true },
      schema: {
        operationId: 'updateComment',
        summary: 'Change the own comment, within 15 minutes',
        description: 'A guest is known by their visit: whoever opens the link anew is somebody else.',
        tags,
        params: idParams,
        body: updateCommentInput,
        response: { 200: commentView },
      },
    },
    (req) => req.inTenant((tx) => changeComment(tx, link, req.reviewer, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/comments/:id',
    {
      config: { access: 'reviews:comment', guests: true },
      schema: {
        operationId: 'deleteComment',
        summary: 'Delete the own comment within 15 minutes, or any as an admin',
        description: 'Where replies hang on it, it stays in the list without its words.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteComment(tx, req.reviewer, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  for (const [verb, resolved] of [
    ['resolve', true],
    ['reopen', false],
  ] as const)
    app.post(
      `/comments/:id/${verb}`,
      {
        config: { access: 'reviews:comment' },
        schema: {
          operationId: `${verb}Comment`,
          summary: resolved ? 'Say that a thread is dealt with' : 'Open a resolved thread again',
          description: 'For the studio, and for who began the thread. Doing it again changes nothing.',
          tags,
          params: idParams,
          response: { 200: commentView },
        },
      },
      (req) => req.inTenant((tx) => settleThread(tx, link, req.actor, req.params.id, resolved, req.ifMatch)),
    )
}
