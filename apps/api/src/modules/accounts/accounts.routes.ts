import { z } from 'zod'
import {
  accountDetail,
  accountList,
  accountView,
  addContactInput,
  contactList,
  contactParams,
  contactView,
  createAccountInput,
  listAccountsQuery,
  mergeAccountInput,
  mergeResult,
  updateAccountInput,
  updateContactInput,
} from '@sparkle/shared/accounts'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import {
  changeAccount,
  createAccount,
  getAccount,
  listAccountViews,
  mergeAccount,
  removeAccount,
} from './accounts.service.ts'
import { addContact, changeContact, removeContact } from './contacts.service.ts'
import { openAccount } from './open-account.service.ts'

const tags = ['Clients']

/** The studio's clients: households, companies and teams, with their contacts. */
export async function accountRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.get(
    '/accounts',
    {
      config: { access: 'accounts:read' },
      schema: {
        operationId: 'listAccounts',
        summary: 'Clients of the studio',
        description: 'A customer finds the own account only.',
        tags,
        querystring: listAccountsQuery,
        response: { 200: accountList },
      },
    },
    (req) => req.inTenant((tx) => listAccountViews(tx, crypto, req.actor, req.query)),
  )

  app.post(
    '/accounts',
    {
      config: { access: 'accounts:create' },
      schema: {
        operationId: 'createAccount',
        summary: 'Add a client',
        tags,
        body: createAccountInput,
        response: { 201: accountView },
      },
    },
    async (req, reply) => {
      const account = await req.inTenant((tx) => createAccount(tx, crypto, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/accounts/${account.id}`).send(account)
    },
  )

  app.get(
    '/accounts/:id',
    {
      config: { access: 'accounts:read' },
      schema: {
        operationId: 'getAccount',
        summary: 'One client, with contacts and consents',
        description: 'Reading contact data goes on record.',
        tags,
        params: idParams,
        response: { 200: accountDetail },
      },
    },
    (req) => req.inTenant((tx) => getAccount(tx, crypto, req.actor, req.params.id)),
  )

  app.patch(
    '/accounts/:id',
    {
      config: { access: 'accounts:update' },
      schema: {
        operationId: 'updateAccount',
        summary: 'Change name or kind of a client',
        tags,
        params: idParams,
        body: updateAccountInput,
        response: { 200: accountView },
      },
    },
    (req) => req.inTenant((tx) => changeAccount(tx, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/accounts/:id',
    {
      config: { access: 'accounts:delete' },
      schema: {
        operationId: 'deleteAccount',
        summary: 'Delete a client without history',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removeAccount(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/accounts/:id/merge',
    {
      config: { access: 'accounts:update' },
      schema: {
        operationId: 'mergeAccount',
        summary: 'Merge a client into another',
        description: 'Contacts, people, pets, projects and orders move; this client is gone afterwards.',
        tags,
        params: idParams,
        body: mergeAccountInput,
        response: { 200: mergeResult },
      },
    },
    (req) => req.inTenant((tx) => mergeAccount(tx, req.actor, req.params.id, req.body.into)),
  )

  app.post(
    '/accounts/:id/contacts',
    {
      config: { access: 'accounts:update' },
      schema: {
        operationId: 'addContact',
        summary: 'Add a contact',
        tags,
        params: idParams,
        body: addContactInput,
        response: { 201: contactView },
      },
    },
    async (req, reply) => {
      const contact = await req.inTenant(async (tx) => {
        await openAccount(tx, req.actor, req.params.id, 'accounts:update')
        return addContact(tx, crypto, req.actor, req.params.id, req.body)
      })
      return reply.code(201).send(contact)
    },
  )

  app.get(
    '/accounts/:id/contacts',
    {
      config: { access: 'accounts:read' },
      schema: {
        operationId: 'listContacts',
        summary: 'Contacts of a client',
        tags,
        params: idParams,
        response: { 200: contactList },
      },
    },
    async (req) => {
      const { contacts } = await req.inTenant((tx) => getAccount(tx, crypto, req.actor, req.params.id))
      return { items: contacts }
    },
  )

  app.patch(
    '/accounts/:id/contacts/:contactId',
    {
      config: { access: 'accounts:update' },
      schema: {
        operationId: 'updateContact',
        summary: 'Change a contact',
        tags,
        params: contactParams,
        body: updateContactInput,
        response: { 200: contactView },
      },
    },
    (req) => req.inTenant((tx) => changeContact(tx, crypto, req.actor, contactPlace(req), req.body)),
  )

  app.delete(
    '/accounts/:id/contacts/:contactId',
    {
      config: { access: 'accounts:update' },
      schema: {
        operationId: 'deleteContact',
        summary: 'Remove a contact that nothing was ordered by',
        tags,
        params: contactParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removeContact(tx, req.actor, contactPlace(req)))
      return reply.code(204).send(null)
    },
  )
}

function contactPlace(req: { params: z.infer<typeof contactParams>; ifMatch: number | null }) {
  return { accountId: req.params.id, id: req.params.contactId, expected: req.ifMatch }
}
