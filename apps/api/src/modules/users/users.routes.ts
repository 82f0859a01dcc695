import { z } from 'zod'
import { idParams } from '@sparkle/shared/text'
import {
  inviteUserInput,
  listUsersQuery,
  setRoleInput,
  updateUserInput,
  userList,
  userView,
} from '@sparkle/shared/users'
import type { App } from '../../plugins/types.ts'
import { inviteUser, resendInvitation, revokeInvitation } from './invitations.service.ts'
import { resetMemberFactor } from './reset-factor.service.ts'
import { changeUser, deactivateUser, getUser, listUsers, reactivateUser, setUserRole } from './users.service.ts'

const tags = ['Team']

/** The studio's team: members and open invitations, under one kind of id. */
export async function userRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.get(
    '/users',
    {
      config: { access: 'users:read' },
      schema: {
        operationId: 'listUsers',
        summary: 'Members and open invitations',
        description: '`q` searches names, or one exact e-mail.',
        tags,
        querystring: listUsersQuery,
        response: { 200: userList },
      },
    },
    (req) => req.inTenantRead((tx) => listUsers(tx, crypto, req.query)),
  )

  app.post(
    '/users',
    {
      config: { access: 'users:create', lasting: true },
      schema: {
        operationId: 'inviteUser',
        summary: 'Invite somebody to the team',
        description: 'They get a mail with a private link that is good for 7 days. An admin is not invited by a key.',
        tags,
        body: inviteUserInput,
        response: { 201: userView },
      },
    },
    async (req, reply) => {
      // A new admin may all that `setUserRole` could give, so it wants the same second look.
      if (req.body.role === 'admin') await req.assertSteppedUp()
      const user = await req.inTenant((tx) => inviteUser(tx, crypto, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/users/${user.id}`).send(user)
    },
  )

  app.get(
    '/users/:id',
    {
      config: { access: 'users:read' },
      schema: {
        operationId: 'getUser',
        summary: 'One member or invitation',
        tags,
        params: idParams,
        response: { 200: userView },
      },
    },
    (req) => req.inTenantRead((tx) => getUser(tx, crypto, req.params.id)),
  )

  app.patch(
    '/users/:id',
    {
      config: { access: 'users:read', lasting: true },
      schema: {
        operationId: 'updateUser',
        summary: "Change a member's role, or your own name",
        tags,
        params: idParams,
        body: updateUserInput,
        response: { 200: userView },
      },
    },
    async (req) => {
      // The same act as `setUserRole`, so it wants the same second look.
      if (req.body.role !== undefined) await req.assertSteppedUp()
      return req.inTenant((tx) => changeUser(tx, crypto, req.actor, req.params.id, req.body, req.ifMatch))
    },
  )

  app.delete(
    '/users/:id',
    {
      config: { access: 'users:create' },
      schema: {
        operationId: 'revokeInvitation',
        summary: 'Withdraw an open invitation',
        description: 'Members are deactivated instead, which keeps what they did.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => revokeInvitation(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/users/:id/role',
    {
      config: { access: 'users:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'setUserRole',
        summary: 'Give somebody another role',
        description: 'A built-in one or one of the studio, and none that may more than you.',
        tags,
        params: idParams,
        body: setRoleInput,
        response: { 200: userView },
      },
    },
    (req) => req.inTenant((tx) => setUserRole(tx, crypto, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.post(
    '/users/:id/deactivate',
    {
      config: { access: 'users:update' },
      schema: {
        operationId: 'deactivateUser',
        summary: "End somebody's access",
        description: 'Their sessions in this studio end at once; what they did stays under their name.',
        tags,
        params: idParams,
        response: { 200: userView },
      },
    },
    (req) => req.inTenant((tx) => deactivateUser(tx, crypto, req.actor, req.params.id, req.ifMatch)),
  )

  app.post(
    '/users/:id/reactivate',
    {
      config: { access: 'users:update', lasting: true },
      schema: {
        operationId: 'reactivateUser',
        summary: 'Let somebody in again',
        tags,
        params: idParams,
        response: { 200: userView },
      },
    },
    (req) => req.inTenant((tx) => reactivateUser(tx, crypto, req.actor, req.params.id, req.ifMatch)),
  )

  app.post(
    '/users/:id/second-factor/reset',
    {
      config: { access: 'users:update', stepUp: true },
      schema: {
        operationId: 'resetSecondFactor',
        summary: "Take away a member's second factor",
        description:
          'For somebody who has lost app and recovery codes: make sure that it is them. Their passkeys go too, their sessions end, and they are told by mail. Refused where they work for another studio too.',
        tags,
        params: idParams,
        response: { 200: userView },
      },
    },
    (req) => req.inTenant((tx) => resetMemberFactor(tx, crypto, req.actor, req.params.id)),
  )

  app.post(
    '/users/:id/resend-invite',
    {
      config: { access: 'users:create', lasting: true },
      schema: {
        operationId: 'resendInvitation',
        summary: 'Send an invitation again',
        description: 'It is good for another 7 days from now.',
        tags,
        params: idParams,
        response: { 200: userView },
      },
    },
    (req) => req.inTenant((tx) => resendInvitation(tx, crypto, req.actor, req.params.id)),
  )
}
