import { z } from 'zod'
import {
  createdGuestLink,
  createGuestLinkInput,
  guestLinkList,
  guestLinkView,
  guestVisitList,
  listGuestLinksQuery,
  listGuestVisitsQuery,
  updateGuestLinkInput,
} from '@sparkle/shared/guest-links'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { hashPassword } from '../auth/passwords.service.ts'
import {
  changeGuestLink,
  createGuestLink,
  getGuestLink,
  listGuestLinks,
  listUses,
  revokeGuestLink,
} from './guest-links.service.ts'

const tags = ['Review links']

/** Links by which people without an account take part in a review, as the studio handles them. */
export async function guestLinkRoutes(app: App): Promise<void> {
  const { config, crypto } = app.deps

  app.get(
    '/projects/:id/guest-links',
    {
      config: { access: 'reviews:share' },
      schema: {
        operationId: 'listGuestLinks',
        summary: 'Review links of a project',
        tags,
        params: idParams,
        querystring: listGuestLinksQuery,
        response: { 200: guestLinkList },
      },
    },
    (req) => req.inTenant((tx) => listGuestLinks(tx, req.actor, req.params.id, req.query)),
  )

  app.post(
    '/projects/:id/guest-links',
    {
      config: { access: 'reviews:share', idempotent: false, lasting: true },
      schema: {
        operationId: 'createGuestLink',
        summary: 'Make a review link for people without an account',
        description: 'It opens the sent versions of this one project until it expires or is ended.',
        tags,
        params: idParams,
        body: createGuestLinkInput,
        response: { 201: createdGuestLink },
      },
    },
    async (req, reply) => {
      const { password, ...input } = req.body
      const passwordHash = password === undefined ? null : await hashLinkPassword(password)
      const { link, token } = await req.inTenant((tx) =>
        createGuestLink(tx, crypto, req.actor, req.params.id, { ...input, passwordHash }),
      )
      return reply
        .code(201)
        .header('location', `/api/v1/guest-links/${link.id}`)
        .send({ ...link, url: `${config.publicOrigin}/r/${token}` })
    },
  )

  app.get(
    '/guest-links/:id',
    {
      config: { access: 'reviews:share' },
      schema: {
        operationId: 'getGuestLink',
        summary: 'One review link',
        tags,
        params: idParams,
        response: { 200: guestLinkView },
      },
    },
    (req) => req.inTenant((tx) => getGuestLink(tx, req.actor, req.params.id)),
  )

  app.patch(
    '/guest-links/:id',
    {
      config: { access: 'reviews:share', lasting: true },
      schema: {
        operationId: 'updateGuestLink',
        summary: 'Change what a review link opens, for whom and how long',
        tags,
        params: idParams,
        body: updateGuestLinkInput,
        response: { 200: guestLinkView },
      },
    },
    async (req) => {
      const { password, ...input } = req.body
      const passwordHash = typeof password === 'string' ? await hashLinkPassword(password) : password
      const change = { ...input, ...(passwordHash !== undefined && { passwordHash }) }
      return req.inTenant((tx) => changeGuestLink(tx, req.actor, req.params.id, change, req.ifMatch))
    },
  )

  app.delete(
    '/guest-links/:id',
    {
      config: { access: 'reviews:share' },
      schema: {
        operationId: 'revokeGuestLink',
        summary: 'End a review link and every visit by it',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => revokeGuestLink(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/guest-links/:id/uses',
    {
      config: { access: 'reviews:share' },
      schema: {
        operationId: 'listGuestLinkUses',
        summary: 'Who opened a review link, and what they did',
        tags,
        params: idParams,
        querystring: listGuestVisitsQuery,
        response: { 200: guestVisitList },
      },
    },
    (req) => req.inTenant((tx) => listUses(tx, req.actor, req.params.id, req.query)),
  )
}

/** It is told to somebody, so none that a browser makes is any good. */
const hashLinkPassword = (password: string) => hashPassword(password, [], 'Use one or two more words.')
