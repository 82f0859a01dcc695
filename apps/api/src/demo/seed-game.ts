import { and, eq, isNull } from 'drizzle-orm'
import { spriteRecipe } from '@sparkle/shared/sprites'
import { createLinker } from '../core/file-links.ts'
import { inTenant, type TenantTx } from '../core/in-tenant.ts'
import { builds } from '../db/tables/builds.ts'
import { projects } from '../db/tables/projects.ts'
import { urls } from '../db/tables/urls.ts'
import { createSprite } from '../modules/assets/sprites.service.ts'
import { processAsset } from '../modules/assets/process-asset.ts'
import { buildHandlers } from '../modules/builds/builds.events.ts'
import { createBuild, getBuild } from '../modules/builds/builds.service.ts'
import { listPhotos } from '../modules/orders/orders.queries.ts'
import { deployUrl } from '../modules/urls/deploy.service.ts'
import { checkSlug } from '../modules/urls/slugs.service.ts'
import { type GamesPlace, hostOf } from '../modules/urls/urls.place.ts'
import { reserveUrl } from '../modules/urls/urls.service.ts'
import type { DemoStudio } from './actors.ts'
import type { JobLog } from '../core/event-handlers.ts'
import type { Deps } from '../plugins/types.ts'

/** Where the demo's game is live. */
export const demoSlug = 'buttercup'

/** Chelsea's head in the photo: ears, cheeks, chin. */
const head = [
  [0.07, 0.1],
  [0.1, 0],
  [0.24, 0],
  [0.38, 0.06],
  [0.6, 0.05],
  [0.72, 0],
  [0.93, 0],
  [0.9, 0.16],
  [0.83, 0.32],
  [0.8, 0.55],
  [0.71, 0.76],
  [0.6, 0.93],
  [0.45, 1],
  [0.3, 0.96],
  [0.16, 0.8],
  [0.08, 0.5],
]
const recipe = spriteRecipe.parse({
  mask: { shape: 'polygon', points: head },
  size: 64,
  colors: 20,
  outline: { mode: 'dark' },
  animations: ['idle', 'walk', 'jump'],
})

/**
 * The demo's live game, from the photo to the address, by the same use cases and the same build steps as any other. What
 * people have since made of it stays: an address is made once for each host of games, and only if its name is free.
 */
export async function seedGame(deps: Deps, studio: DemoStudio, log: JobLog): Promise<void> {
  const { db, config } = deps
  const manager = studio.as('manager')
  const facts = await inTenant(db, studio.system, (tx) => readFacts(tx, config))
  if (!facts) return
  const buildIds = facts.buildId ? [facts.buildId] : await makeBuilds(deps, studio, facts, log)
  if (buildIds.length === 0) return log.warn({ projectId: facts.projectId }, 'the demo game could not be built')
  await inTenant(db, manager, async (tx) => {
    const url = await reserveUrl(tx, config, manager, facts.projectId, { slug: demoSlug })
    for (const buildId of buildIds) await deployUrl(tx, config, manager, url.id, { buildId })
  })
}

interface Facts {
  projectId: string
  photoId: string
  /** A build that passed already. */
  buildId: string | null
}

/** Null where there is nothing to do. */
async function readFacts(tx: TenantTx, place: GamesPlace): Promise<Facts | null> {
  const [project] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.petName, 'Buttercup'), isNull(projects.deletedAt)))
  if (!project) return null
  const addressed = await tx
    .select({ id: urls.id })
    .from(urls)
    .where(and(eq(urls.projectId, project.id), eq(urls.host, hostOf(place))))
  const [photo] = await listPhotos(tx, project.id)
  if (addressed.length > 0 || !photo || (await checkSlug(tx, place, demoSlug, { projectId: project.id })) !== null)
    return null
  const [build] = await tx
    .select({ id: builds.id })
    .from(builds)
    .where(and(eq(builds.projectId, project.id), eq(builds.status, 'passed')))
    .limit(1)
  return { projectId: project.id, photoId: photo.assetId, buildId: build?.id ?? null }
}

/** A first try, which turned out too hard, and what is live now; only those that passed. */
const configs = [{ difficulty: 'hard' }, {}] as const

/** Draws a sprite from the photo and builds both games of it; answers those that passed, oldest first. */
export async function makeBuilds(
  deps: Deps,
  studio: DemoStudio,
  facts: Pick<Facts, 'projectId' | 'photoId'>,
  log: JobLog,
): Promise<string[]> {
  const { db, crypto, config } = deps
  const manager = studio.as('manager')
  const link = createLinker(crypto, config.publicOrigin)
  const place = { gamesOrigin: config.gamesOrigin, crypto }
  const sprite = await inTenant(db, manager, (tx) => createSprite(tx, link, manager, facts.photoId, recipe))
  await processAsset(deps, { organizationId: manager.organizationId, assetId: sprite.id })
  const passed: string[] = []
  for (const wanted of configs) {
    const input = { templateId: 'catcher', config: wanted, assets: { pet: sprite.id } }
    const build = await inTenant(db, manager, (tx) => createBuild(tx, place, manager, facts.projectId, input))
    await runBuild(deps, studio, build.id, log)
    const finished = await inTenant(db, manager, (tx) => getBuild(tx, place, manager, build.id))
    if (finished.status === 'passed') passed.push(build.id)
  }
  return passed
}

/** Runs the steps of a build here and now. A worker may be doing the same; only one of them can end it. */
async function runBuild(deps: Deps, { system }: DemoStudio, buildId: string, log: JobLog): Promise<void> {
  const event = {
    organizationId: system.organizationId,
    seq: 0,
    id: buildId,
    type: 'build:queued',
    at: new Date().toISOString(),
    projectId: null,
    actorId: null,
    actorName: null,
    data: { buildId },
  } as const
  const job = { attempt: 1, actor: system, log, step: <T>(_name: string, work: () => Promise<T>) => work() }
  for (const handler of buildHandlers) await handler.run(deps, event, job)
}
