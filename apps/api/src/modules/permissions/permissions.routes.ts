import {
  createGrantInput,
  explainQuery,
  explanation,
  grantList,
  grantParams,
  grantView,
  permissionMatrix,
} from '@sparkle/shared/roles'
import { idParams } from '@sparkle/shared/text'
import { z } from 'zod'
import type { App } from '../../plugins/types.ts'
import { describeMatrix, explain } from './explain.service.ts'
import { addGrant, listUserGrants, removeGrant } from './grants.service.ts'

const tags = ['Permissions']

/** Who may what, why, and what single people may beside their role. */
export async function permissionRoutes(app: App): Promise<void> {
  app.get(
    '/permissions',
    {
      config: { access: 'roles:read' },
      schema: {
        operationId: 'getPermissions',
        summary: 'All permissions, and which role has them',
        tags,
        response: { 200: permissionMatrix },
      },
    },
    (req) => req.inTenant(describeMatrix),
  )

  app.get(
    '/permissions/explain',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'explainPermission',
        summary: 'Why may I, or somebody, do this, or why not',
        description:
          'The rules in the order in which they were asked; the last one decided. Without a resource: in the studio at all. About others with `roles:read`.',
        tags,
        querystring: explainQuery,
        response: { 200: explanation },
      },
    },
    (req) => req.inTenant((tx) => explain(tx, req.actor, req.query)),
  )

  app.get(
    '/users/:id/grants',
    {
      config: { access: 'roles:read' },
      schema: {
        operationId: 'listGrants',
        summary: 'What a member is granted or denied beside the role',
        description: 'Expired ones are listed too, until somebody deletes them.',
        tags,
        params: idParams,
        response: { 200: grantList },
      },
    },
    (req) => req.inTenant((tx) => listUserGrants(tx, req.params.id)),
  )

  app.post(
    '/users/:id/grants',
    {
      config: { access: 'roles:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'addGrant',
        summary: 'Grant or deny a member something',
        description:
          'Everywhere in the studio, or for one project or asset. Counts at once and ends by the clock. 403 `role.exceeds_own` for what you may not do yourself.',
        tags,
        params: idParams,
        body: createGrantInput,
        response: { 201: grantView },
      },
    },
    async (req, reply) => {
      const grant = await req.inTenant((tx) => addGrant(tx, req.actor, req.params.id, req.body))
      return reply.code(201).send(grant)
    },
  )

  app.delete(
    '/users/:id/grants/:grantId',
    {
      config: { access: 'roles:update', stepUp: true, lasting: true },
      schema: {
        operationId: 'removeGrant',
        summary: 'Take a grant or a denial away',
        tags,
        params: grantParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removeGrant(tx, req.actor, req.params.id, req.params.grantId))
      return reply.code(204).send(null)
    },
  )
}
