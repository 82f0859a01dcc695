import { GameBuildError } from '@sparkle/games/builder/errors'
import { smokePlay } from '@sparkle/games/builder/smoke-play'
import { sql } from 'drizzle-orm'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { EventHandler, HandledEvent, Job } from '../../core/event-handlers.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import type { Deps } from '../../plugins/types.ts'
import { findProject } from '../projects/projects.queries.ts'
import { findAssetFiles, findBuild, lockBuild, updateBuild, type BuildChanges } from './builds.queries.ts'
import { readGameDocument, readManifest, storeBundle, type StoredBundle } from './bundle-store.ts'
import { makeBundle } from './make-bundle.ts'

/** What a step answers where the inputs cannot make a game: trying again would give the same. */
interface Fault {
  fault: string
}

const ourFault = 'Something went wrong on our side while building. Try again; if it fails again, tell support.'

/**
 * Makes a queued build in durable steps. Each may run twice: files are addressed by content, and the last word is given
 * to a build only while it is `building`. The database and the store are never held at the same time.
 */
async function runBuild(deps: Deps, event: HandledEvent, job: Job): Promise<void> {
  const buildId = String(event.data['buildId'])
  const begun = await job.step('begin', () => inTenant(deps.db, job.actor, (tx) => beginBuild(tx, job.actor, buildId)))
  if (!begun) return
  const outcome = await outcomeOf(deps, event.organizationId, buildId, job)
  await job.step('end', async () => {
    const changes =
      'fault' in outcome ? { error: outcome.fault } : await passedChanges(deps, event.organizationId, outcome)
    await inTenant(deps.db, job.actor, (tx) => endBuild(tx, job.actor, buildId, { ...changes, attempts: job.attempt }))
  })
}

type Made = StoredBundle & { smoke: { score: number; ticks: number; finished: boolean } }

async function outcomeOf(deps: Deps, organizationId: string, buildId: string, job: Job): Promise<Made | Fault> {
  try {
    const made = await job.step('make', () => make(deps, job.actor, buildId))
    if ('fault' in made) return made
    const smoke = await job.step('smoke-play', () => play(deps, organizationId, made.digest))
    return 'fault' in smoke ? smoke : { ...made, smoke }
  } catch (error) {
    job.log.error({ buildId, err: error }, 'a build came to no end')
    return { fault: ourFault }
  }
}

/** The manifest names the pet, so it comes from the store and not from the job's records, which know no studio. */
async function passedChanges(deps: Deps, organizationId: string, made: Made) {
  return { ...made, manifest: { ...(await readManifest(deps.store, organizationId, made.digest)) } }
}

/** False where the build has ended already. */
export async function beginBuild(tx: TenantTx, actor: SystemActor, buildId: string): Promise<boolean> {
  const build = await lockBuild(tx, buildId)
  if (!build || build.status === 'passed' || build.status === 'failed') return false
  if (build.status === 'building') return true
  await updateBuild(tx, buildId, { status: 'building', attempts: 1 })
  await emit(tx, actor, 'build:started', { projectId: build.projectId, data: { buildId, number: build.number } })
  return true
}

async function make({ db, store }: Deps, actor: SystemActor, buildId: string): Promise<StoredBundle | Fault> {
  const { build, files } = await inTenant(db, actor, async (tx) => {
    const row = await findBuild(tx, buildId)
    if (!row) throw new Error(`Build ${buildId} has gone.`)
    return { build: row, files: await findAssetFiles(tx, Object.values(row.assets)) }
  })
  try {
    return await storeBundle(store, actor.organizationId, await makeBundle(store, build, files))
  } catch (error) {
    if (error instanceof GameBuildError) return { fault: error.message }
    throw error
  }
}

async function play({ store }: Deps, organizationId: string, digest: string): Promise<Made['smoke'] | Fault> {
  const { score, ticks, finished } = smokePlay(await readGameDocument(store, organizationId, digest))
  if (!finished || score <= 0) return { fault: `The trial play did not end well: score ${score} after ${ticks} ticks.` }
  return { score, ticks, finished }
}

/** The one effect of a build, however many workers tried: only a build that is `building` can end. */
export async function endBuild(
  tx: TenantTx,
  actor: SystemActor,
  buildId: string,
  changes: BuildChanges & { error?: string; digest?: string },
): Promise<void> {
  const build = await lockBuild(tx, buildId)
  if (build?.status !== 'building') return
  const status = changes.error === undefined ? 'passed' : 'failed'
  const petName = (await findProject(tx, build.projectId))?.petName ?? null
  await updateBuild(tx, buildId, { ...changes, status, finishedAt: sql`now()` })
  const { error = null, digest = null } = changes
  await recordAudit(tx, actor, `build:${status}`, {
    entity: 'build',
    id: buildId,
    changes: { status: ['building', status], digest, error },
  })
  await emit(tx, actor, `build:${status}`, {
    projectId: build.projectId,
    data: { buildId, number: build.number, petName, createdBy: build.createdBy, ...(status === 'failed' && { error }) },
  })
}

export const buildHandlers: readonly EventHandler<Deps>[] = [
  { name: 'run-build', on: ['build:queued'], lane: 'heavy', run: runBuild },
]
