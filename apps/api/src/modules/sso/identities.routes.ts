import { z } from 'zod'
import { linkedIdentityList, linkedIdentityParams, ownIdentityList } from '@sparkle/shared/identity-providers'
import { idParams } from '@sparkle/shared/text'
import type { UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { revokeMemberSessions } from '../../db/system.ts'
import { signedIn } from '../../core/signed-in.ts'
import type { App } from '../../plugins/types.ts'
import { closedStudios } from '../auth/studio-doors.service.ts'
import { lockMembership } from '../users/users.queries.ts'
import { assertNotAbove } from '../users/users.service.ts'
import { listOwnIdentities, unlinkOwn } from './own-identities.service.ts'
import { deleteIdentityOf, findProvider, listIdentitiesOf } from './providers.queries.ts'

const tags = ["Studios' own sign-in"]

async function lockMember(tx: TenantTx, userId: string) {
  return (await lockMembership(tx, userId)) ?? notFound('user')
}

/** Ends a link, on record, and with it the person's sessions: one of them may be somebody else's by now. */
async function unlink(tx: TenantTx, actor: UserActor, userId: string, providerId: string): Promise<void> {
  await assertNotAbove(tx, actor, await lockMember(tx, userId))
  const provider = (await findProvider(tx, providerId)) ?? notFound('identity')
  if (!(await deleteIdentityOf(tx, providerId, userId))) notFound('identity')
  const endedSessions = await revokeMemberSessions(tx, userId)
  await recordAudit(tx, actor, 'identity:unlinked', {
    entity: 'identity_provider',
    id: providerId,
    changes: { userId: [userId, null], endedSessions },
  })
  await queuePersonMail(tx, { kind: 'signInUnlinked', to: { userId }, facts: { provider: provider.name, by: 'admin' } })
}

/** Which of the studio's providers speak for a member, and which for oneself. */
export async function identityRoutes(app: App): Promise<void> {
  const { db, crypto } = app.deps

  /** Whether the studio lets this person in by its own provider only. */
  async function isClosed({ userId, organizationId }: UserActor): Promise<boolean> {
    return (await closedStudios({ db, crypto }, userId)).has(organizationId)
  }

  app.get(
    '/me/identities',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'listMyIdentities',
        summary: 'The providers of this studio that sign me in',
        tags,
        response: { 200: ownIdentityList },
      },
    },
    async (req) => {
      const actor = signedIn(req)
      // Links are a studio's; whoever works in none has none.
      if (actor.kind === 'platform') return { items: [] }
      const closed = await isClosed(actor)
      return { items: await req.inTenant((tx) => listOwnIdentities(tx, actor.userId, closed)) }
    },
  )

  app.delete(
    '/me/identities/:id',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true },
      schema: {
        operationId: 'unlinkMyIdentity',
        summary: 'End the link between me and a provider',
        description:
          'By the id of the provider, and from a session that it has not opened: so that another way in is at hand. Those that it has opened end. 409 `identity.only_way_in` where the studio lets nobody of this address in otherwise. The link is made anew by the next sign-in there that vouches for the address.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      const { actor } = req
      const closed = await isClosed(actor)
      await req.inTenant((tx) => unlinkOwn(tx, actor, req.params.id, closed))
      return reply.code(204).send(null)
    },
  )

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
