import { foundedOrganizationView, foundOrganizationInput } from '@sparkle/shared/organizations'
import { forbidden, invalid } from '../../core/app-error.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { App } from '../../plugins/types.ts'
import { signedIn } from '../../core/signed-in.ts'
import { found } from './found-organization.ts'
import { atWorkIn } from './platform.service.ts'

/** Beside the platform's routes, because a studio that is made for somebody begins with an invitation to it. */
export async function foundingRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps

  app.post(
    '/organizations',
    {
      config: { access: 'signed-in', limit: { max: 5, windowSeconds: 3600 }, idempotent: false, whileDeleting: true },
      schema: {
        operationId: 'foundStudio',
        summary: 'Found a studio',
        description:
          'Somebody of the platform names in `adminEmail` who is invited to run it. Everybody else founds their own, where the installation allows it (`OPEN_STUDIOS=1`), with a confirmed address; switch to it afterwards.',
        tags: ['Studio'],
        body: foundOrganizationInput,
        response: { 201: foundedOrganizationView },
      },
    },
    async (req, reply) => {
      const actor = signedIn(req)
      const ofThePlatform = actor.kind === 'platform' && actor.isSuperAdmin
      if (ofThePlatform && req.body.adminEmail === undefined)
        invalid('organization.no_admin', 'Name who is invited to run the studio.', 'body.adminEmail')
      if (!ofThePlatform && req.body.adminEmail !== undefined)
        forbidden('auth.forbidden', 'Only people of the platform make studios for others.')
      if (!ofThePlatform && !config.openStudios)
        forbidden('organization.closed', 'Studios are founded by the people of the platform here. Ask them for one.')
      const made = await inTenant(db, atWorkIn(newId()), (tx) => found(tx, crypto, actor, req.body))
      return reply.code(201).send(made)
    },
  )
}
