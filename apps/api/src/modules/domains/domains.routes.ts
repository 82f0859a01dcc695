import { z } from 'zod'
import {
  addDomainInput,
  domainList,
  domainView,
  hostingPageInput,
  hostingPageView,
  updateDomainInput,
} from '@sparkle/shared/domains'
import { idParams } from '@sparkle/shared/text'
import { inTenant } from '../../core/in-tenant.ts'
import type { App } from '../../plugins/types.ts'
import { proofOf } from './domains.rules.ts'
import {
  addDomain,
  changeDomain,
  changeHostingPage,
  getDomain,
  getHostingPage,
  listDomainViews,
  recordCheck,
  removeDomain,
} from './domains.service.ts'

const tags = ['Domains']

/** Domains of the studio's own for its games, and its words where a game is not. */
export async function domainRoutes(app: App): Promise<void> {
  const { config, db, txtRecords } = app.deps
  const ownHosts = [config.publicOrigin, config.gamesOrigin].map((origin) => new URL(origin).hostname)

  app.get(
    '/domains',
    {
      config: { access: 'studio:read' },
      schema: {
        operationId: 'listDomains',
        summary: 'Domains of the studio for its games',
        tags,
        response: { 200: domainList },
      },
    },
    (req) => req.inTenant(listDomainViews),
  )

  app.post(
    '/domains',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'addDomain',
        summary: 'Add a domain',
        description: 'Publish the TXT record of the reply, then verify. Games answer there once it is proven.',
        tags,
        body: addDomainInput,
        response: { 201: domainView },
      },
    },
    async (req, reply) =>
      reply.code(201).send(await req.inTenant((tx) => addDomain(tx, req.actor, ownHosts, req.body.domain))),
  )

  app.post(
    '/domains/:id/verify',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'verifyDomain',
        summary: 'Look for the record of a domain now',
        description: 'Answers the domain as it is afterwards; 409 `domain.taken` where another studio has proven it.',
        tags,
        params: idParams,
        response: { 200: domainView },
      },
    },
    async (req) => {
      const { id } = req.params
      const { record } = await inTenant(db, req.actor, (tx) => getDomain(tx, id))
      const proof = proofOf(await txtRecords.lookUp(record.name), record.value)
      return req.inTenant((tx) => recordCheck(tx, req.actor, id, proof))
    },
  )

  app.patch(
    '/domains/:id',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'updateDomain',
        summary: 'Give addresses with this domain, or no longer',
        tags,
        params: idParams,
        body: updateDomainInput,
        response: { 200: domainView },
      },
    },
    (req) => req.inTenant((tx) => changeDomain(tx, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/domains/:id',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'removeDomain',
        summary: 'Remove a domain',
        description: 'Games stop answering there at once.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removeDomain(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/hosting-page',
    {
      config: { access: 'studio:read' },
      schema: {
        operationId: 'getHostingPage',
        summary: "The studio's words where a game is not",
        tags,
        response: { 200: hostingPageView },
      },
    },
    (req) => req.inTenant(getHostingPage),
  )

  app.put(
    '/hosting-page',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'putHostingPage',
        summary: "Change the studio's words where a game is not",
        description: "Shown for games that have expired, and for unknown ones on the studio's own domain.",
        tags,
        body: hostingPageInput,
        response: { 200: hostingPageView },
      },
    },
    (req) => req.inTenant((tx) => changeHostingPage(tx, req.actor, req.body, req.ifMatch)),
  )
}
