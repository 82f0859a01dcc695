import { and, eq, isNull } from 'drizzle-orm'
import type { JobLog } from '../core/event-handlers.ts'
import { createLinker } from '../core/file-links.ts'
import { inTenant, type TenantTx } from '../core/in-tenant.ts'
import { projects } from '../db/tables/projects.ts'
import { deliverableVersions } from '../db/tables/reviews.ts'
import { listPhotos } from '../modules/orders/orders.queries.ts'
import { createFileLinker } from '../modules/project-files/project-files.service.ts'
import { decideVersion } from '../modules/reviews/decide-version.ts'
import { createVersion, sendVersion } from '../modules/reviews/reviews.service.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'
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

/** A review under way, by the product's own use cases: changes were asked for, and the next version waits for the customer. */
export async function seedReview(deps: Deps, studio: DemoStudio, log: JobLog): Promise<void> {
  const { db, crypto, config } = deps
  const [manager, owner] = [studio.as('manager'), studio.as('owner')]
  const facts = await inTenant(db, studio.system, readFacts)
  if (!facts) return
  const buildIds = await makeBuilds(deps, studio, facts, log)
  if (buildIds.length < changelogs.length)
    return log.warn({ projectId: facts.projectId }, 'the demo review could not be built')
  const tools = {
    gamesOrigin: config.gamesOrigin,
    crypto,
    link: createLinker(crypto, config.publicOrigin),
    fileLink: createFileLinker(crypto, config.publicOrigin),
  }
  for (const [index, changelog] of changelogs.entries()) {
    const sent = await inTenant(db, manager, async (tx) => {
      const made = await createVersion(tx, tools, manager, facts.projectId, { buildId: buildIds[index], changelog })
      return sendVersion(tx, tools, manager, made.id, null)
    })
    if (index === 0)
      await inTenant(db, owner, (tx) =>
        decideVersion(tx, tools, owner, sent.id, { ...wish, checklist: [...wish.checklist] }),
      )
  }
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
