import { and, desc, eq, isNull } from 'drizzle-orm'
import type { JobLog } from '../core/event-handlers.ts'
import { createLinker } from '../core/file-links.ts'
import { inTenant, type TenantTx } from '../core/in-tenant.ts'
import { assets } from '../db/tables/assets.ts'
import { projects } from '../db/tables/projects.ts'
import { deliverableVersions } from '../db/tables/reviews.ts'
import { listPhotos } from '../modules/orders/orders.queries.ts'
import { decideVersion } from '../modules/reviews/decide-version.ts'
import { createVersion, sendVersion } from '../modules/reviews/reviews.service.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'
import { seedComments } from './seed-comments.ts'
import { makeBuilds } from './seed-game.ts'

const changelogs = [
  'The first version: Captain Whiskers catches fish by the sea.',
  'Easier at the start, and more time between the fish. The ears are longer now.',
] as const
const wish = {
  decision: 'request_changes',
  note: 'We love it! It is too hard for our youngest, though.',
  checklist: ['Slower at the beginning', 'Longer ears'],
} as const

/**
 * A review under way, by the product's own use cases: changes were asked for, the next version and its sprite wait for the
 * customer, and there is talk about all of them.
 */
export async function seedReview(deps: Deps, studio: DemoStudio, log: JobLog): Promise<void> {
  const { db, crypto, config } = deps
  const [manager, owner] = [studio.as('manager'), studio.as('owner')]
  const facts = await inTenant(db, studio.system, readFacts)
  if (!facts) return
  const [firstBuild, secondBuild] = await makeBuilds(deps, studio, facts, log)
  if (!firstBuild || !secondBuild) return log.warn({ projectId: facts.projectId }, 'the demo review could not be built')
  const tools = {
    gamesOrigin: config.gamesOrigin,
    crypto,
    link: createLinker(crypto, config.publicOrigin),
  }
  const send = (input: Parameters<typeof createVersion>[4]) =>
    inTenant(db, manager, async (tx) => {
      const made = await createVersion(tx, tools, manager, facts.projectId, input)
      return sendVersion(tx, tools, manager, made.id, null)
    })
  const first = await send({ buildId: firstBuild, changelog: changelogs[0] })
  await inTenant(db, owner, (tx) =>
    decideVersion(tx, tools, owner, first.id, { ...wish, checklist: [...wish.checklist] }),
  )
  const second = await send({ buildId: secondBuild, changelog: changelogs[1] })
  const assetId = await inTenant(db, studio.system, (tx) => findSprite(tx, facts.projectId))
  const sprite = assetId ? await send({ assetId, changelog: 'Captain Whiskers as he runs through the game.' }) : null
  await seedComments(deps, studio, {
    first: { id: first.id },
    second: { id: second.id, buildId: secondBuild, digest: second.digest },
    sprite,
  })
}

/** Null where there is nothing to do. */
async function readFacts(tx: TenantTx): Promise<{ projectId: string; photoId: string } | null> {
  const [project] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(
      and(eq(projects.petName, 'Captain Whiskers'), eq(projects.status, 'in_progress'), isNull(projects.deletedAt)),
    )
  if (!project) return null
  const [photo] = await listPhotos(tx, project.id)
  const [version] = await tx
    .select({ id: deliverableVersions.id })
    .from(deliverableVersions)
    .where(eq(deliverableVersions.projectId, project.id))
    .limit(1)
  return photo && !version ? { projectId: project.id, photoId: photo.assetId } : null
}

/** The newest sprite that is ready. */
async function findSprite(tx: TenantTx, projectId: string): Promise<string | null> {
  const [sprite] = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(and(eq(assets.projectId, projectId), eq(assets.assetType, 'sprite'), eq(assets.processingStatus, 'ready')))
    .orderBy(desc(assets.uploadedAt))
    .limit(1)
  return sprite?.id ?? null
}
