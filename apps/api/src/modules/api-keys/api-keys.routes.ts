import { z } from 'zod'
import { apiKeyList, apiKeyView, createApiKeyInput, createdApiKey, listApiKeysQuery } from '@sparkle/shared/api-keys'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { createKey, getKey, listKeys, revokeKey } from './api-keys.service.ts'

const tags = ['API keys']

/** Keys of scripts. No key can read, make or end one. */
export async function apiKeyRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.get(
    '/api-keys',
    {
      config: { access: 'api-keys:own', keys: false },
      schema: {
        operationId: 'listApiKeys',
        summary: 'API keys, your own or all',
        description: 'Ended ones are among them; `status=active` leaves them out.',
        tags,
        querystring: listApiKeysQuery,
        response: { 200: apiKeyList },
      },
    },
    (req) => req.inTenant((tx) => listKeys(tx, req.actor, req.query)),
  )

  app.post(
    '/api-keys',
    {
      config: { access: 'api-keys:own', keys: false, stepUp: true, idempotent: false, lasting: true },
      schema: {
        operationId: 'createApiKey',
        summary: 'Make an API key',
        description:
          'The answer holds the key, this once. It may do what its scopes name and its member may do at the time of the call; it never manages keys, sessions or passwords.',
        tags,
        body: createApiKeyInput,
        response: { 201: createdApiKey },
      },
    },
    async (req, reply) => {
      const key = await req.inTenant((tx) => createKey(tx, crypto, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/api-keys/${key.id}`).send(key)
    },
  )

  app.get(
    '/api-keys/:id',
    {
      config: { access: 'api-keys:own', keys: false },
      schema: {
        operationId: 'getApiKey',
        summary: 'One API key',
        tags,
        params: idParams,
        response: { 200: apiKeyView },
      },
    },
    (req) => req.inTenant((tx) => getKey(tx, req.actor, req.params.id)),
  )

  app.delete(
    '/api-keys/:id',
    {
      config: { access: 'api-keys:own', keys: false },
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description: 'It is refused at once, with `auth.key_revoked`. It stays in the list, for the record.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => revokeKey(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )
}
