import {
  createServiceAccountInput,
  listServiceAccountsQuery,
  serviceAccountList,
  serviceAccountView,
} from '@sparkle/shared/api-keys'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import {
  addServiceAccount,
  endServiceAccount,
  getServiceAccount,
  listServiceAccounts,
  resumeServiceAccount,
} from './service-accounts.service.ts'

const tags = ['API keys']

/** Members without a person: for scripts that outlive whoever wrote them. */
export async function serviceAccountRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.get(
    '/service-accounts',
    {
      config: { access: 'api-keys:manage', keys: false },
      schema: {
        operationId: 'listServiceAccounts',
        summary: 'Service accounts',
        tags,
        querystring: listServiceAccountsQuery,
        response: { 200: serviceAccountList },
      },
    },
    (req) => req.inTenant((tx) => listServiceAccounts(tx, req.query)),
  )

  app.post(
    '/service-accounts',
    {
      config: { access: 'api-keys:manage', keys: false, stepUp: true, lasting: true },
      schema: {
        operationId: 'createServiceAccount',
        summary: 'Make a service account',
        description: 'It never signs in; make keys for it with `POST /api-keys` and its id as `userId`.',
        tags,
        body: createServiceAccountInput,
        response: { 201: serviceAccountView },
      },
    },
    async (req, reply) => {
      const account = await req.inTenant((tx) => addServiceAccount(tx, crypto, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/service-accounts/${account.id}`).send(account)
    },
  )

  app.get(
    '/service-accounts/:id',
    {
      config: { access: 'api-keys:manage', keys: false },
      schema: {
        operationId: 'getServiceAccount',
        summary: 'One service account',
        tags,
        params: idParams,
        response: { 200: serviceAccountView },
      },
    },
    (req) => req.inTenant((tx) => getServiceAccount(tx, req.params.id)),
  )

  app.post(
    '/service-accounts/:id/deactivate',
    {
      config: { access: 'api-keys:manage', keys: false },
      schema: {
        operationId: 'deactivateServiceAccount',
        summary: 'End a service account',
        description: 'Its keys are refused at once; what it did stays under its name.',
        tags,
        params: idParams,
        response: { 200: serviceAccountView },
      },
    },
    (req) => req.inTenant((tx) => endServiceAccount(tx, crypto, req.actor, req.params.id, req.ifMatch)),
  )

  app.post(
    '/service-accounts/:id/reactivate',
    {
      config: { access: 'api-keys:manage', keys: false, stepUp: true, lasting: true },
      schema: {
        operationId: 'reactivateServiceAccount',
        summary: 'Let a service account work again',
        tags,
        params: idParams,
        response: { 200: serviceAccountView },
      },
    },
    (req) => req.inTenant((tx) => resumeServiceAccount(tx, crypto, req.actor, req.params.id, req.ifMatch)),
  )
}
