import type { AuditEntity } from '@sparkle/shared/audit'
import { and, eq, gte } from 'drizzle-orm'
import { audit } from '../db/tables/events.ts'
import type { UserActor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { idFloor } from './ids.ts'
import type { TenantTx } from './in-tenant.ts'

const hourMs = 3_600_000

/**
 * Puts on record that somebody was shown personal data of a thing: once for each person, thing and hour, so that work on
 * a project does not bury its changes. In the transaction of the reading itself: a reading that was answered is on record.
 */
export async function recordRead(
  tx: TenantTx,
  actor: UserActor,
  what: { entity: AuditEntity; id: string; projectId?: string | null },
): Promise<void> {
  const thisHour = idFloor(Date.now() - (Date.now() % hourMs))
  const [known] = await tx
    .select({ id: audit.id })
    .from(audit)
    .where(
      and(
        eq(audit.entity, what.entity),
        eq(audit.entityId, what.id),
        gte(audit.id, thisHour),
        eq(audit.actorId, actor.userId),
        eq(audit.action, 'personal:read'),
      ),
    )
    .limit(1)
  if (known) return
  await recordAudit(tx, actor, 'personal:read', {
    entity: what.entity,
    id: what.id,
    ...(what.projectId && { projectId: what.projectId }),
  })
}
