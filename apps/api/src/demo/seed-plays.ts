import { and, count, desc, eq } from 'drizzle-orm'
import type { DeviceClass } from '@sparkle/shared/urls'
import { inTenant } from '../core/in-tenant.ts'
import { type BeaconRow, recordBeacons } from '../db/system-games.ts'
import { builds } from '../db/tables/builds.ts'
import { gameEvents, gameHourReferrers, gameHours, urls } from '../db/tables/urls.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'

/** Events are kept for a month; what came before is there by the hour only. */
const eventDays = 26
const historyDays = 120
const dayMs = 86_400_000
const hourMs = 3_600_000
const referrers = ['www.instagram.com', 'mail.example.org', null, 'www.reddit.com', null, null]
const devices: readonly DeviceClass[] = ['phone', 'phone', 'desktop', 'phone', 'tablet']

interface Place {
  organizationId: string
  urlId: string
  /** What was live first, and what is live since three weeks ago. */
  olderBuildId: string | null
  buildId: string | null
}

/** Four months of visits to the demo's live game, so that its charts have something to tell. Made once. */
export async function seedPlays({ db }: Deps, { system }: DemoStudio, slug: string): Promise<void> {
  const place = await inTenant(db, system, async (tx): Promise<Place | null> => {
    const [live] = await tx
      .select({ id: urls.id, projectId: urls.projectId, buildId: urls.liveBuildId })
      .from(urls)
      .where(and(eq(urls.slug, slug), eq(urls.status, 'active')))
    if (!live) return null
    const [seen] = await tx.select({ n: count() }).from(gameEvents).where(eq(gameEvents.urlId, live.id))
    const [rolled] = await tx.select({ n: count() }).from(gameHours).where(eq(gameHours.urlId, live.id))
    if (seen?.n !== 0 || rolled?.n !== 0) return null
    const passed = await tx
      .select({ id: builds.id })
      .from(builds)
      .where(and(eq(builds.projectId, live.projectId), eq(builds.status, 'passed')))
      .orderBy(desc(builds.number))
    const older = passed.find(({ id }) => id !== live.buildId)?.id ?? live.buildId
    return { organizationId: system.organizationId, urlId: live.id, olderBuildId: older, buildId: live.buildId }
  })
  if (!place) return
  await inTenant(db, system, async (tx) => {
    const hours = Array.from({ length: historyDays - eventDays }, (_, n) => hoursOf(place, historyDays - n)).flat()
    await tx.insert(gameHours).values(hours.map(({ hour }) => hour))
    await tx.insert(gameHourReferrers).values(hours.flatMap(({ referrer }) => referrer))
    // What an address counts over its life is counted with each beacon, and these hours had none.
    const sumOf = (figure: 'views' | 'plays') => hours.reduce((sum, { hour }) => sum + hour[figure], 0)
    await tx
      .update(urls)
      .set({ viewCount: sumOf('views'), playCount: sumOf('plays') })
      .where(eq(urls.id, place.urlId))
  })
  const days = Array.from({ length: eventDays + 1 }, (_, n) => eventDays - n)
  await recordBeacons(
    db,
    days.flatMap((daysAgo) => visitsOf(place, daysAgo)).filter(({ at }) => Date.parse(at) < Date.now()),
  )
}

const live = (place: Place, daysAgo: number) => (daysAgo > 21 ? place.olderBuildId : place.buildId)
const midnightOf = (daysAgo: number) => Math.floor((Date.now() - daysAgo * dayMs) / dayMs) * dayMs

/** More on weekends and more towards today; a jump with the newer build. */
function viewsOn(daysAgo: number): number {
  const weekend = [0, 6].includes(new Date(midnightOf(daysAgo)).getUTCDay())
  const usual = 3 + (historyDays - daysAgo) / 14 + ((daysAgo * 5) % 4) + (daysAgo > 21 ? 0 : 4)
  return Math.round(usual * (weekend ? 1.8 : 1))
}

/** A day long ago as the hours it was rolled up to. */
function hoursOf(place: Place, daysAgo: number) {
  const { organizationId, urlId } = place
  return [9, 13, 17, 20].map((at, n) => {
    const views = Math.max(1, Math.round((viewsOn(daysAgo) * (n + 1)) / 10))
    const plays = Math.round(views * 0.62)
    const hour = new Date(midnightOf(daysAgo) + at * hourMs).toISOString()
    const key = { organizationId, urlId, hour }
    const tablets = views > 4 ? 1 : 0
    const desktops = Math.floor((views - tablets) / 4)
    const counted = {
      buildId: live(place, daysAgo),
      views,
      visitors: Math.ceil(views * 0.7),
      plays,
      finishes: Math.floor(plays * 0.7),
      playSeconds: views * (38 + ((daysAgo * 7 + n) % 20)),
      bestScore: plays > 0 ? 60 + ((daysAgo * 37 + n * 53) % 300) : null,
      phoneViews: views - tablets - desktops,
      tabletViews: tablets,
      desktopViews: desktops,
    }
    const host = referrers[(daysAgo + n) % referrers.length]
    const referrer = host ? [{ ...key, host, views: Math.ceil(views / 3) }] : []
    return { hour: { ...key, ...counted }, referrer }
  })
}

/** Two of three visitors play, and most of those to the end; more of them with the newer build. */
function visitsOf(place: Place, daysAgo: number): BeaconRow[] {
  const views = viewsOn(daysAgo)
  const { organizationId, urlId } = place
  const newer = daysAgo <= 21
  return Array.from({ length: views }, (_, n): BeaconRow[] => {
    const common = {
      organizationId,
      urlId,
      buildId: live(place, daysAgo),
      loadId: `demo-${daysAgo}-${n}-of-the-past-month`,
      visitor: `demo-${daysAgo}-${n % Math.ceil(views * 0.7)}`,
      referrerHost: referrers[(daysAgo + n) % referrers.length] ?? null,
      device: devices[(daysAgo + n * 3) % devices.length] ?? null,
      at: new Date(midnightOf(daysAgo) + (((n * 7 + daysAgo * 3) % 23) + 0.5) * hourMs).toISOString(),
      score: null,
      seconds: null,
    }
    const played = (daysAgo + n) % (newer ? 4 : 3) !== 0
    const finished = played && (daysAgo * 2 + n) % (newer ? 6 : 3) !== 0
    const seconds = (newer ? 30 : 20) + ((daysAgo * 13 + n * 29) % 90)
    return [
      { ...common, type: 'view' },
      ...(played ? [{ ...common, type: 'start' }] : []),
      ...(finished ? [{ ...common, type: 'finish', score: 80 + ((daysAgo * 37 + n * 53) % 420), seconds }] : []),
      { ...common, type: 'visible', seconds: seconds + 8 },
    ]
  }).flat()
}
