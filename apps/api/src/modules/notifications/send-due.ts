import type { Mail, MailError } from '../../adapters/mail.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { SystemActor } from '../../core/actor.ts'
import type { JobLog } from '../../core/event-handlers.ts'
import { logoDigest } from '../../core/logo-key.ts'
import { readStored } from '../../core/read-stored.ts'
import type { Deps } from '../../plugins/types.ts'
import { claimDeliveries, type Delivery, hold, markFailed, markSent, markSkipped } from './deliveries.queries.ts'
import { logoCid } from './mail.service.ts'
import { mostAttempts } from './notifications.rules.ts'
import { findStudioFace } from './notifications.queries.ts'
import { judge, merge, pack, type Parcel, type Ready } from './parcels.ts'
import { deleteSubscriptions } from './push.queries.ts'

/** Sent side by side; few enough that each has been tried before its claim runs out. */
const atOnce = 20

type Courier = Pick<Deps, 'db' | 'crypto' | 'config' | 'mailer' | 'sms' | 'push' | 'store'>

/**
 * Sends what is due in a studio; answers how many messages were taken up. A failure is written down with the message and
 * tried again later, so that this throws only where the database does.
 */
export async function sendDue(deps: Courier, actor: SystemActor, log?: JobLog): Promise<number> {
  for (let total = 0; ;) {
    const claimed = await inTenant(deps.db, actor, (tx) => claimDeliveries(tx, atOnce))
    if (claimed.length === 0) return total
    await Promise.all(bundlesOf(claimed).map((bundle) => sendBundle(deps, actor, bundle, log)))
    total += claimed.length
  }
}

/** What waited for the end of somebody's quiet hours goes in one message; everything else goes by itself. */
export function bundlesOf(claimed: readonly Delivery[]): Delivery[][] {
  const bundles = new Map<string, Delivery[]>()
  for (const delivery of claimed) {
    const { held, userId, channel, id } = delivery
    const name = held ? `${userId}:${channel}` : id
    bundles.set(name, [...(bundles.get(name) ?? []), delivery])
  }
  return [...bundles.values()].map((bundle) => bundle.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
}

interface Going {
  ids: string[]
  parcel: Parcel
  attempts: number
  logoKey: string | null
}

async function sendBundle(deps: Courier, actor: SystemActor, bundle: Delivery[], log?: JobLog): Promise<void> {
  const going = await inTenant(deps.db, actor, (tx) => prepare(tx, deps, bundle))
  if (!going) return
  const { ids, parcel, attempts, logoKey } = going
  const gone: string[] = []
  const error = await dispatch(deps, parcel, logoKey, gone).then(
    () => null,
    (fault: unknown) => fault,
  )
  const final = error !== null && (attempts >= mostAttempts || (error as Partial<MailError>).permanent === true)
  await inTenant(deps.db, actor, async (tx) => {
    if (gone.length > 0) await deleteSubscriptions(tx, gone)
    if (error === null) await markSent(tx, ids)
    else await markFailed(tx, ids, error instanceof Error ? error.message : 'It could not be sent.', final)
  })
  if (error !== null)
    log?.[final ? 'error' : 'warn'](
      { err: error, deliveries: ids, channel: parcel.channel, attempts },
      final ? 'a message was given up' : 'a message was not sent yet',
    )
}

/** Decides what of a bundle goes now, and makes one parcel of it. */
async function prepare(tx: TenantTx, deps: Courier, bundle: readonly Delivery[]): Promise<Going | null> {
  const face = (await findStudioFace(tx)) ?? { name: '', accent: null, logoKey: null }
  const sorting = { crypto: deps.crypto, place: deps.config, face, now: new Date() }
  const ready: Ready[] = []
  for (const delivery of bundle) {
    const verdict = await judge(tx, sorting, delivery)
    if (verdict.do === 'hold') await hold(tx, delivery.id, verdict.until)
    else if (verdict.do === 'skip') await markSkipped(tx, [delivery.id], verdict.why)
    else ready.push(verdict.ready)
  }
  const [first, ...more] = ready
  if (!first) return null
  const ids = ready.map(({ delivery }) => delivery.id)
  const parcel = await pack(tx, sorting, more.length > 0 ? merge(deps.config, face, [first, ...more]) : first)
  if (typeof parcel !== 'string') return { ids, parcel, attempts: first.delivery.attempts, logoKey: face.logoKey }
  await markSkipped(tx, ids, parcel)
  return null
}

/** Hands a parcel to its adapter. `gone` collects subscriptions that their push service has ended. */
async function dispatch(deps: Courier, parcel: Parcel, logoKey: string | null, gone: string[]): Promise<void> {
  if (parcel.channel === 'mail') return deps.mailer.send(await withLogo(deps, parcel.mail, logoKey))
  if (parcel.channel === 'sms') return deps.sms.send(parcel.sms)
  const { push } = deps
  if (!push) throw new PermanentError('Web push is not set up on this installation.')
  const failures: unknown[] = []
  let reached = 0
  for (const { id, subscription } of parcel.subscriptions) {
    try {
      if ((await push.send(subscription, parcel.message)) === 'gone') gone.push(id)
      else reached++
    } catch (error) {
      failures.push(error)
    }
  }
  // A device that was reached must not ring again because another one could not be.
  if (reached > 0) return
  if (failures.length > 0) throw failures[0]
  throw new PermanentError('Every device has ended its subscription.')
}

/** With the studio's logo, which has just been changed where it is not there: the mail's name for it then shows nothing. */
async function withLogo({ store }: Courier, mail: Mail, logoKey: string | null): Promise<Mail> {
  if (!logoKey) return mail
  const bytes = await readStored(store, { storageKey: logoKey, digest: logoDigest(logoKey) })
  return bytes ? { ...mail, picture: { cid: logoCid, bytes, mimeType: 'image/png' } } : mail
}

class PermanentError extends Error {
  readonly permanent = true
}
