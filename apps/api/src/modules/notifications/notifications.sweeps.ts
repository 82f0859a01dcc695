import type { SystemActor } from '../../core/actor.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { namedId } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { forgetDeliveries, insertDeliveries } from './deliveries.queries.ts'
import { digestDay } from './digest.ts'
import { listDeadlines, listMemberIds } from './notifications.queries.ts'
import { deadlineNotice } from './notifications.rules.ts'
import { notify } from './notifications.service.ts'
import { localTime } from './quiet-hours.ts'
import { sendDue } from './send-due.ts'
import { remindSilent, type SilentPlace } from './review-reminders.ts'
import { findTold, listTold } from './settings.queries.ts'

const keptDays = 90
/** Nobody hears of a deadline at midnight: from this hour on, by the person's clock. */
const deadlineHour = 8
const dayMs = 86_400_000

/** Plans the digests that are due; one for each person and day, however often and by however many this is done. */
export async function planDigests(tx: TenantTx, now: Date): Promise<number> {
  const rows = (await listTold(tx, 'with digest')).flatMap((person) => {
    const day = digestDay(person, now)
    return day ? [{ userId: person.userId, key: `digest.${person.userId}.${day}` }] : []
  })
  const shared = { channel: 'mail', kind: 'digest', eventId: null, notificationId: null, projectId: null } as const
  return insertDeliveries(
    tx,
    rows.map((row) => ({ ...row, ...shared })),
  )
}

/**
 * Tells of deadlines, three days and one day before: whoever is on the project, on the last day the leads too, and the
 * leads alone where nobody is on it. Once each, even where a worker comes late; another deadline is told of anew.
 */
export async function tellDeadlines(tx: TenantTx, actor: SystemActor, now: Date): Promise<number> {
  let told = 0
  const leads = await listMemberIds(tx, ['admin', 'manager'])
  for (const project of await listDeadlines(tx, now.toISOString().slice(0, 10), 3)) {
    const { id, petName, deadline, artist } = project
    if (!deadline) continue
    for (const userId of new Set(artist ? [artist, ...leads] : leads)) {
      const person = await findTold(tx, userId)
      if (!person) continue
      const local = localTime(person.timeZone, now)
      const days = Date.parse(deadline) / dayMs - local.day
      const notice = deadlineNotice(days)
      const concerned = userId === artist || !artist || notice === 1
      if (notice === null || !concerned || local.hour < deadlineHour) continue
      const eventId = namedId(`deadline:${id}:${deadline}:${notice}`)
      const row = {
        userId,
        kind: 'deadline_approaching',
        projectId: id,
        eventId,
        data: { petName, days, deadline },
      } as const
      told += (await notify(tx, actor, [row])).length
    }
  }
  return told
}

export const notificationSweeps: readonly Sweep<Deps>[] = [
  { name: 'deliveries', everySeconds: 15, run: async (deps, actor) => void (await sendDue(deps, actor)) },
  {
    name: 'digests',
    everySeconds: 60,
    run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => planDigests(tx, new Date()))),
  },
  {
    name: 'deadlines',
    everySeconds: 900,
    run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => tellDeadlines(tx, actor, new Date()))),
  },
  {
    name: 'review-reminders',
    everySeconds: 900,
    run: async (deps, actor) => {
      const now = new Date()
      let after: SilentPlace | null = null
      do {
        const last: SilentPlace | null = after
        after = await inTenant(deps.db, actor, (tx) => remindSilent(tx, actor, now, last))
      } while (after !== null)
    },
  },
  {
    name: 'forget-deliveries',
    everySeconds: 86_400,
    run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => forgetDeliveries(tx, keptDays))),
  },
]
