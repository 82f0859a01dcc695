import { z } from 'zod'
import {
  approvalView,
  createVersionInput,
  decideVersionInput,
  listVersionsQuery,
  updateApprovalInput,
  updateVersionInput,
  versionList,
  versionView,
} from '@sparkle/shared/reviews'
import { idParams } from '@sparkle/shared/text'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { changeApproval, getApproval } from './approval.service.ts'
import { decideVersion } from './decide-version.ts'
import { deleteDraft } from './delete-draft.ts'
import { changeVersion, createVersion, getVersion, listVersionViews, sendVersion } from './reviews.service.ts'

const tags = ['Reviews']

export async function reviewRoutes(app: App): Promise<void> {
  const { config, crypto } = app.deps
  const tools = {
    gamesOrigin: config.gamesOrigin,
    crypto,
    link: createLinker(crypto, config.publicOrigin),
  }

  app.get(
    '/versions',
    {
      config: { access: 'reviews:read' },
      schema: {
        operationId: 'listVersions',
        summary: 'Versions of all projects, newest first',
        description: 'With `status=waiting`: what waits for a decision. Customers see those of their account.',
        tags,
        querystring: listVersionsQuery,
        response: { 200: versionList },
      },
    },
    (req) => req.inTenant((tx) => listVersionViews(tx, tools, req.actor, null, req.query)),
  )

  app.get(
    '/projects/:id/versions',
    {
      config: { access: 'reviews:read', guests: true },
      schema: {
        operationId: 'listProjectVersions',
        summary: "Versions of a project's deliverables, newest first",
        tags,
        params: idParams,
        querystring: listVersionsQuery,
        response: { 200: versionList },
      },
    },
    (req) => req.inTenant((tx) => listVersionViews(tx, tools, req.reviewer, req.params.id, req.query)),
  )

  app.post(
    '/projects/:id/versions',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'createVersion',
        summary: 'Make a version of a build, an asset or a document',
        description: 'A draft with the next number of its deliverable, bound to the bytes as they are now.',
        tags,
        params: idParams,
        body: createVersionInput,
        response: { 201: versionView },
      },
    },
    async (req, reply) => {
      const made = await req.inTenant((tx) => createVersion(tx, tools, req.actor, req.params.id, req.body))
      return reply.code(201).header('location', `/api/v1/versions/${made.id}`).send(made)
    },
  )

  app.get(
    '/versions/:id',
    {
      config: { access: 'reviews:read', guests: true },
      schema: {
        operationId: 'getVersion',
        summary: 'One version, with what was decided',
        description: '`lookAt` names the version of the same deliverable to look at.',
        tags,
        params: idParams,
        response: { 200: versionView },
      },
    },
    (req) => req.inTenant((tx) => getVersion(tx, tools, req.reviewer, req.params.id)),
  )

  app.patch(
    '/versions/:id',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'updateVersion',
        summary: 'Change what a version says about itself, until it is decided on',
        tags,
        params: idParams,
        body: updateVersionInput,
        response: { 200: versionView },
      },
    },
    (req) => req.inTenant((tx) => changeVersion(tx, tools, req.actor, req.params.id, req.body.changelog, req.ifMatch)),
  )

  app.delete(
    '/versions/:id',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'deleteVersion',
        summary: 'Delete a draft',
        description: 'With the comments on it. What was sent to a customer stays: 409 `version.already_sent`.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteDraft(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/versions/:id/send',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'sendVersion',
        summary: 'Send a version for review',
        description: "The project moves to `review`, and the account's people are told.",
        tags,
        params: idParams,
        response: { 200: versionView },
      },
    },
    (req) => req.inTenant((tx) => sendVersion(tx, tools, req.actor, req.params.id, req.ifMatch)),
  )

  app.post(
    '/versions/:id/decisions',
    {
      config: { access: 'reviews:approve', guests: true },
      schema: {
        operationId: 'decideVersion',
        summary: 'Approve a version, or ask for changes',
        description:
          'Once for each person, and once for the guests of a review link. ' +
          "What the studio's people record is in the customer's name, needs a note and settles it. " +
          'An approval is bound to the digest.',
        tags,
        params: idParams,
        body: decideVersionInput,
        response: { 201: versionView },
      },
    },
    async (req, reply) =>
      reply.code(201).send(await req.inTenant((tx) => decideVersion(tx, tools, req.reviewer, req.params.id, req.body))),
  )

  app.get(
    '/projects/:id/approval',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'getProjectApproval',
        summary: 'Whether builds need approval here, and which are approved',
        tags,
        params: idParams,
        response: { 200: approvalView },
      },
    },
    (req) => req.inTenant((tx) => getApproval(tx, req.actor, req.params.id)),
  )

  app.patch(
    '/projects/:id/approval',
    {
      config: { access: 'reviews:approve' },
      schema: {
        operationId: 'updateProjectApproval',
        summary: "Change the project's rule of approval",
        description: 'Letting a project go live without an approval that the studio asks for is for admins.',
        tags,
        params: idParams,
        body: updateApprovalInput,
        response: { 200: approvalView },
      },
    },
    (req) => req.inTenant((tx) => changeApproval(tx, req.actor, req.params.id, req.body, req.ifMatch)),
  )
}
