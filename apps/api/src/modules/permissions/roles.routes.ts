import { createCustomRoleInput, customRoleList, customRoleView, updateCustomRoleInput } from '@sparkle/shared/roles'
import { idParams } from '@sparkle/shared/text'
import { z } from 'zod'
import type { App } from '../../plugins/types.ts'
import {
  changeCustomRole,
  createCustomRole,
  deleteCustomRole,
  getCustomRole,
  listCustomRoles,
} from './roles.service.ts'

const tags = ['Permissions']

/** Roles of the studio's own. */
export async function roleRoutes(app: App): Promise<void> {
  app.get(
    '/roles',
    {
      config: { access: 'roles:read' },
      schema: {
        operationId: 'listRoles',
        summary: 'Roles of the studio',
        description: 'The built-in ones are in `GET /permissions`.',
        tags,
        response: { 200: customRoleList },
      },
    },
    (req) => req.inTenant(listCustomRoles),
  )

  app.post(
    '/roles',
    {
      config: { access: 'roles:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'createRole',
        summary: 'Make a role',
        description: 'With permissions that you have yourself; 403 `role.exceeds_own` else.',
        tags,
        body: createCustomRoleInput,
        response: { 201: customRoleView },
      },
    },
    async (req, reply) => {
      const role = await req.inTenant((tx) => createCustomRole(tx, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/roles/${role.id}`).send(role)
    },
  )

  app.get(
    '/roles/:id',
    {
      config: { access: 'roles:read' },
      schema: {
        operationId: 'getRole',
        summary: 'One role of the studio',
        tags,
        params: idParams,
        response: { 200: customRoleView },
      },
    },
    (req) => req.inTenant((tx) => getCustomRole(tx, req.params.id)),
  )

  app.patch(
    '/roles/:id',
    {
      config: { access: 'roles:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'updateRole',
        summary: 'Change a role',
        description: 'Counts at once for everybody who has it. What it is based on stays.',
        tags,
        params: idParams,
        body: updateCustomRoleInput,
        response: { 200: customRoleView },
      },
    },
    (req) => req.inTenant((tx) => changeCustomRole(tx, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/roles/:id',
    {
      config: { access: 'roles:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'deleteRole',
        summary: 'Delete a role',
        description: '409 `role.in_use` with the number of those who have it.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteCustomRole(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )
}
