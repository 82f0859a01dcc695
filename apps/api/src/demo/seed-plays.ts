import { and, count, eq } from 'drizzle-orm'
import { inTenant } from '../core/in-tenant.ts'
import { type BeaconRow, recordBeacons } from '../db/system.ts'
import { gameEvents, urls } from '../db/tables/urls.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'

const days = 28
const dayMs = 86_400_000
const referrers = ['www.instagram.com', 'mail.example.org', null, 'www.reddit.com', null, null]

const devices = ['phone', 'phone', 'desktop', 'phone', 'tablet'] as const

/** A month of visits to the demo's live game, so that its charts have something to tell. Made once. */
export async function seedPlays({ db }: Deps, { system }: DemoStudio, slug: string): Promise<void> {
  const url = await inTenant(db, system, async (tx) => {
    const [live] = await tx
      .select({ id: urls.id, buildId: urls.liveBuildId })
      .from(urls)
      .where(and(eq(urls.slug, slug), eq(urls.status, 'active')))
    if (!live) return null
    const [seen] = await tx.select({ n: count() }).from(gameEvents).where(eq(gameEvents.urlId, live.id))
    return seen?.n === 0 ? live : null
  })
  if (!url) return
  const place = { organizationId: system.organizationId, urlId: url.id, buildId: url.buildId }
  const visits = Array.from({ length: days }, (_, day) => visitsOf(day)).flat()
  await recordBeacons(
    db,
    visits.flatMap((visit) => visit.map((row) => ({ ...place, ...row }))),
  )
}

type Visit = Omit<BeaconRow, 'organizationId' | 'urlId' | 'buildId'>[]

/** More on weekends and more towards today; two of three visitors play, and most of those to the end. */
function visitsOf(day: number): Visit[] {
  const midnight = Date.now() - (days - day) * dayMs
  const weekend = [0, 6].includes(new Date(midnight).getUTCDay())
  const views = Math.round((3 + day / 3) * (weekend ? 1.8 : 1))
  return Array.from({ length: views }, (_, n) => {
    const common = {
      loadId: `demo-${day}-${n}-0000000000`,
      visitor: `demo-${day}-${n % Math.ceil(views * 0.7)}`,
      referrerHost: referrers[(day + n) % referrers.length] ?? null,
      device: devices[(day + n * 3) % devices.length] ?? null,
      at: new Date(midnight + (((n * 7 + day * 3) % 23) + 0.5) * 3_600_000).toISOString(),
    }
    const played = (day + n) % 3 !== 0
    const finished = played && (day * 2 + n) % 5 !== 0
    const seconds = 20 + ((day * 13 + n * 29) % 90)
    return [
      { ...common, type: 'view', score: null, seconds: null },
      ...(played ? [{ ...common, type: 'start', score: null, seconds: null }] : []),
      ...(finished ? [{ ...common, type: 'finish', score: 80 + ((day * 37 + n * 53) % 420), seconds }] : []),
      { ...common, type: 'visible', score: null, seconds: seconds + 8 },
    ]
  })
}
