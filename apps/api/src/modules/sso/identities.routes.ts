import { z } from 'zod'
import { linkedIdentityList, linkedIdentityParams } from '@sparkle/shared/identity-providers'
import { idParams } from '@sparkle/shared/text'
import type { UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { revokeMemberSessions } from '../../db/system.ts'
import type { App } from '../../plugins/types.ts'
import { lockMembership } from '../users/users.queries.ts'
import { assertNotAbove } from '../users/users.service.ts'
import { deleteIdentityOf, listIdentitiesOf } from './providers.queries.ts'

const tags = ["Studios' own sign-in"]

async function lockMember(tx: TenantTx, userId: string) {
  return (await lockMembership(tx, userId)) ?? notFound('user')
}

/** Ends a link, on record, and with it the person's sessions: one of them may be somebody else's by now. */
async function unlink(tx: TenantTx, actor: UserActor, userId: string, providerId: string): Promise<void> {
  await assertNotAbove(tx, actor, await lockMember(tx, userId))
  if (!(await deleteIdentityOf(tx, providerId, userId))) notFound('identity')
  const endedSessions = await revokeMemberSessions(tx, userId)
  await recordAudit(tx, actor, 'identity:unlinked', {
    entity: 'identity_provider',
    id: providerId,
    changes: { userId: [userId, null], endedSessions },
  })
}

/** Which of the studio's providers speak for a member. */
export async function identityRoutes(app: App): Promise<void> {
  app.get(
    '/users/:id/identities',
    {
      config: { access: 'users:update' },
      schema: {
        operationId: 'listLinkedIdentities',
        summary: 'The providers that a member signs in by',
        tags,
        params: idParams,
        response: { 200: linkedIdentityList },
      },
    },
    async (req) => ({
      items: await req.inTenant(async (tx) => {
        await lockMember(tx, req.params.id)
        return listIdentitiesOf(tx, req.params.id)
      }),
    }),
  )

  app.delete(
    '/users/:id/identities/:providerId',
    {
      config: { access: 'users:update', stepUp: true },
      schema: {
        operationId: 'unlinkIdentity',
        summary: 'End the link between a member and a provider',
        description:
          'For an account at the provider that is somebody else’s by now. Their sessions in this studio end. They are linked anew when they sign in by the provider and it vouches for their address.',
        tags,
        params: linkedIdentityParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      const { id, providerId } = req.params
      await req.inTenant((tx) => unlink(tx, req.actor, id, providerId))
      return reply.code(204).send(null)
    },
  )
}
