import { z } from 'zod'
import {
  createProviderInput,
  providerList,
  providerTestStart,
  providerView,
  updateProviderInput,
  verifyProviderDomainInput,
} from '@sparkle/shared/identity-providers'
import { idParams } from '@sparkle/shared/text'
import { notFound } from '../../core/app-error.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { App } from '../../plugins/types.ts'
import { proofOf } from '../domains/domains.service.ts'
import { ownUrls } from './providers.rules.ts'
import {
  addProvider,
  changeProvider,
  getProvider,
  listProviderViews,
  removeProvider,
  type Setting,
} from './providers.service.ts'
import { recordOwnCheck } from './verify-domain.service.ts'

const tags = ["Studios' own sign-in"]
const testMinutes = 10

/** A studio's own identity providers, as its admins see them. */
export async function providerRoutes(app: App): Promise<void> {
  const { db, crypto, config, txtRecords } = app.deps
  const { publicOrigin } = config
  const ownHosts = [config.publicOrigin, config.gamesOrigin].map((origin) => new URL(origin).hostname)
  const setting: Setting = { crypto, publicOrigin, ownHosts }

  app.get(
    '/identity-providers',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'listIdentityProviders',
        summary: "The studio's own ways to sign in",
        tags,
        response: { 200: providerList },
      },
    },
    (req) => req.inTenant((tx) => listProviderViews(tx, setting)),
  )

  app.post(
    '/identity-providers',
    {
      config: { access: 'studio:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'addIdentityProvider',
        summary: 'Add an OpenID or SAML provider',
        description:
          'It is turned off at first. Give it our addresses of the reply, prove the domains, and try it out.',
        tags,
        body: createProviderInput,
        response: { 201: providerView },
      },
    },
    async (req, reply) =>
      reply.code(201).send(await req.inTenant((tx) => addProvider(tx, setting, req.actor, req.body))),
  )

  app.get(
    '/identity-providers/:id',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'getIdentityProvider',
        summary: 'One of them',
        tags,
        params: idParams,
        response: { 200: providerView },
      },
    },
    (req) => req.inTenant((tx) => getProvider(tx, setting, req.params.id)),
  )

  app.patch(
    '/identity-providers/:id',
    {
      config: { access: 'studio:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'updateIdentityProvider',
        summary: 'Change a provider, turn it on, or make it the only way in',
        description:
          'The secret is never answered. Enforcing wants a proven domain, a try out that went well, and a second factor of your own; it ends the other sessions of people of these domains.',
        tags,
        params: idParams,
        body: updateProviderInput,
        response: { 200: providerView },
      },
    },
    (req) => req.inTenant((tx) => changeProvider(tx, setting, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/identity-providers/:id',
    {
      config: { access: 'studio:update', stepUp: true },
      schema: {
        operationId: 'removeIdentityProvider',
        summary: 'Remove a provider',
        description: 'The sessions it opened end. The people stay members, and may ask for a password by mail.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removeProvider(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/identity-providers/:id/verify-domain',
    {
      config: { access: 'studio:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'verifyIdentityProviderDomain',
        summary: 'Look for the TXT record of a domain now',
        tags,
        params: idParams,
        body: verifyProviderDomainInput,
        response: { 200: providerView },
      },
    },
    async (req) => {
      const { id } = req.params
      const { domains } = await inTenant(db, req.actor, (tx) => getProvider(tx, setting, id))
      const { domain, record } = domains.find((one) => one.domain === req.body.domain) ?? notFound('domain')
      const proof = proofOf(await txtRecords.lookUp(record.name), record.value)
      return req.inTenant((tx) => recordOwnCheck(tx, setting, req.actor, id, domain, proof))
    },
  )

  app.post(
    '/identity-providers/:id/test',
    {
      config: { access: 'studio:update', stepUp: true, idempotent: false },
      schema: {
        operationId: 'testIdentityProvider',
        summary: 'Try a provider out',
        description:
          'Answers an address for your browser. Nobody is signed in; what the provider said is `lastTest` afterwards.',
        tags,
        params: idParams,
        response: { 200: providerTestStart },
      },
    },
    async (req) => {
      const { id, kind } = await inTenant(db, req.actor, (tx) => getProvider(tx, setting, req.params.id))
      const expires = new Date(Date.now() + testMinutes * 60_000)
      const test = crypto.signToken('sso-test', [id, req.actor.userId], expires)
      return { url: `${ownUrls(publicOrigin, kind, id).startUrl}?${new URLSearchParams({ test })}` }
    },
  )
}
