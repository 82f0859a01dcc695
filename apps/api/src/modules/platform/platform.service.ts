import type { Plan } from '@sparkle/shared/organizations'
import { actingMinutes, type PlatformOrganizationView } from '@sparkle/shared/platform'
import type { EventType } from '@sparkle/shared/events'
import type { PlatformActor, SystemActor, UserActor } from '../../core/actor.ts'
import { conflict, forbidden, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  beginActing,
  changePlan,
  endActing,
  type PlatformOrganizationRow,
  type PlatformOutcome,
  suspendStudio,
} from '../../db/system-studios.ts'
import { notifyRoles } from '../notifications/notifications.service.ts'

/**
 * What people of the platform do to a studio. Every function runs in a transaction of that studio: the act, the studio's
 * own record of it and the platform's log commit together. The database asks again whether the person is of the platform.
 */
export function atWorkIn(organizationId: string): SystemActor {
  return { kind: 'system', organizationId, job: 'platform' }
}

function settle(outcome: PlatformOutcome, already: { code: string; detail: string }): void {
  if (outcome === 'unknown') notFound('organization')
  if (outcome === 'refused') forbidden('auth.forbidden', 'This needs somebody of the platform.')
  if (outcome === 'already') conflict(already.code, already.detail)
}

type StandingEvent = Extract<EventType, 'studio:suspended' | 'studio:unsuspended' | 'studio:plan:changed'>

async function record(
  tx: TenantTx,
  actor: PlatformActor,
  action: StandingEvent,
  facts: Record<string, string>,
): Promise<void> {
  const changes = { ...facts, by: actor.displayName }
  await recordAudit(tx, actor, action, { entity: 'organization', id: tx.organizationId, changes })
  await emit(tx, actor, action, { data: facts })
}

export async function suspend(tx: TenantTx, actor: PlatformActor, reason: string): Promise<void> {
  settle(await suspendStudio(tx, actor.userId, tx.organizationId, reason), {
    code: 'organization.already_suspended',
    detail: 'This studio is suspended already.',
  })
  await record(tx, actor, 'studio:suspended', { reason })
}

export async function unsuspend(tx: TenantTx, actor: PlatformActor): Promise<void> {
  settle(await suspendStudio(tx, actor.userId, tx.organizationId, null), {
    code: 'organization.not_suspended',
    detail: 'This studio is not suspended.',
  })
  await record(tx, actor, 'studio:unsuspended', {})
}

/** A plan that is chosen again changes nothing. */
export async function putOnPlan(tx: TenantTx, actor: PlatformActor, plan: Plan): Promise<void> {
  const outcome = await changePlan(tx, actor.userId, tx.organizationId, plan)
  if (outcome === 'already') return
  settle(outcome, { code: '', detail: '' })
  await record(tx, actor, 'studio:plan:changed', { plan })
}

/** Lets the session work in the studio as its admin for an hour. Its admins are told, with the reason. */
export async function startActing(tx: TenantTx, actor: PlatformActor, reason: string): Promise<void> {
  const { sessionId, userId, displayName } = actor
  const acting = { sessionId, userId, organizationId: tx.organizationId, reason, minutes: actingMinutes }
  settle(await beginActing(tx, acting), {
    code: 'platform.own_studio',
    detail: 'You are a member of this studio: switch to it instead.',
  })
  const facts = { reason, by: displayName }
  await recordAudit(tx, actor, 'studio:acting:began', {
    entity: 'organization',
    id: tx.organizationId,
    changes: { ...facts, minutes: actingMinutes },
  })
  await emit(tx, actor, 'studio:acting:began', { data: { reason } })
  await notifyRoles(tx, actor, ['admin'], { kind: 'platform_acting', data: { reason, actorName: displayName } })
}

export async function stopActing(tx: TenantTx, actor: UserActor): Promise<void> {
  await endActing(tx, actor.sessionId, actor.userId)
  await recordAudit(tx, actor, 'studio:acting:ended', {
    entity: 'organization',
    id: tx.organizationId,
    changes: { by: actor.displayName },
  })
  await emit(tx, actor, 'studio:acting:ended', {})
}

export function toPlatformView({
  members,
  projects,
  storageBytes,
  liveGames,
  plays,
  countedAt,
  ...row
}: PlatformOrganizationRow): PlatformOrganizationView {
  const usage =
    countedAt === null
      ? null
      : {
          members: members ?? 0,
          projects: projects ?? 0,
          storageBytes: Number(storageBytes ?? 0),
          liveGames: liveGames ?? 0,
          plays: plays ?? 0,
          countedAt,
        }
  return { ...row, usage }
}
