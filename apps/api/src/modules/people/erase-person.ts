import type { ObjectStore } from '../../adapters/object-store.ts'
import type { EventHandler, HandledEvent, Job } from '../../core/event-handlers.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { recordAudit } from '../../core/audit.ts'
import { emit } from '../../core/outbox.ts'
import type { ErasurePlan } from '../../db/tables/people.ts'
import type { Deps } from '../../plugins/types.ts'
import { removeFiles } from '../assets/remove-files.service.ts'
import { listDomainNames } from '../domains/domains.queries.ts'
import {
  blankCustomer,
  blankMember,
  blankMessages,
  blankPictures,
  destroyKeys,
  digestsInUse,
  takeDownGames,
  voidBuilds,
} from './erase-rows.ts'
import { blankDocuments } from './erase-documents.ts'
import { blankReviews, listAttachedFiles } from './erase-reviews.ts'
import { planErasure } from './erasure-plan.ts'
import { listExportsOf, lockErasure, updateErasure, updateExport } from './people.queries.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'crypto' | 'config' | 'cdnPurge'>

const now = () => new Date().toISOString()
const purgeTries = { attempts: 10, firstWaitSeconds: 1 }

/** Notes what has to go, once: later steps find nothing by the names that earlier ones took away. */
async function begin(tx: TenantTx, { crypto }: Pick<Needed, 'crypto'>, id: string): Promise<boolean> {
  const row = await lockErasure(tx, id)
  if (!row || row.status === 'finished') return false
  if (row.plan) return true
  const { plan } = await planErasure(tx, crypto, { kind: row.subjectKind, id: row.subjectId }, row)
  await updateErasure(tx, id, { plan, status: 'running' })
  return true
}

async function deleteFolder(store: ObjectStore, prefix: string): Promise<void> {
  for (let files = await store.list(prefix); files.length > 0; files = await store.list(prefix))
    for (const { key } of files) await store.delete(key)
}

/** The files of bundles that no other build stands for. */
async function deleteBundles({ db, store }: Needed, job: Job, plan: ErasurePlan): Promise<void> {
  const digests = [...new Set(plan.builds.flatMap(({ digest }) => (digest ? [digest] : [])))]
  const kept = digests.length ? await inTenant(db, job.actor, (tx) => digestsInUse(tx, digests)) : new Set()
  for (const digest of digests)
    if (!kept.has(digest)) await deleteFolder(store, `${job.actor.organizationId}/builds/${digest}/`)
}

async function deleteExports({ db, store }: Needed, job: Job, plan: ErasurePlan): Promise<void> {
  const made = await inTenant(db, job.actor, (tx) => listExportsOf(tx, plan.subjects))
  for (const { storageKey } of made) if (storageKey) await store.delete(storageKey)
  await inTenant(db, job.actor, async (tx) => {
    for (const { id } of made) await updateExport(tx, id, { storageKey: null, expiresAt: now() })
  })
}

/** Bytes first: a row that is still there says in a second attempt what is left to delete. */
async function deleteAttached({ db, store }: Needed, job: Job, plan: ErasurePlan): Promise<void> {
  const files = await inTenant(db, job.actor, (tx) => listAttachedFiles(tx, plan))
  for (const { storageKey } of files) await store.delete(storageKey)
}

/** Every address that showed the person's games, and the files of their bundles. */
async function purge({ db, config, cdnPurge }: Needed, event: HandledEvent, job: Job, plan: ErasurePlan) {
  if (!cdnPurge) return
  const domains = await inTenant(db, job.actor, listDomainNames)
  const origins = [config.gamesOrigin, ...domains.map((domain) => gameOrigin(config.gamesOrigin, domain))]
  const paths = [
    ...plan.urls.flatMap(({ slug, former }) => [slug, ...former].map((name) => `/${name}/`)),
    ...plan.builds.flatMap(({ digest }) => (digest ? [`/_b/${digest}/`] : [])),
  ]
  const prefixes = origins.flatMap((origin) => paths.map((path) => origin + path))
  if (prefixes.length > 0) await cdnPurge.tell({ id: event.id, type: event.type, at: event.at, prefixes })
}

async function finish(tx: TenantTx, job: Job, id: string, plan: ErasurePlan): Promise<void> {
  const row = await lockErasure(tx, id)
  if (!row || row.status === 'finished') return
  const erased = {
    projects: plan.projectIds.length,
    pictures: plan.assetIds.length,
    builds: plan.builds.length,
    addresses: plan.urls.length,
    contacts: plan.contactIds.length,
    profiles: plan.profileIds.length,
    documents: plan.fileIds.length,
  }
  // The plan names digests and addresses: what is left are figures.
  await updateErasure(tx, id, { status: 'finished', finishedAt: now(), plan: null, erased })
  await recordAudit(tx, job.actor, 'user:erasure:finished', { entity: 'person_erasure', id, changes: erased })
  await emit(tx, job.actor, 'user:erasure:finished', { data: { erasureId: id } })
}

/**
 * Erases a person. What people could still see goes first: the games, then what they were made of, then names. A worker
 * that dies on the way is succeeded after its last step; a step done twice finds its work done.
 */
export async function erasePerson(deps: Needed, event: HandledEvent, job: Job): Promise<void> {
  const { db } = deps
  const { actor } = job
  const id = String(event.data['erasureId'])
  if (!(await job.step('plan', () => inTenant(db, actor, (tx) => begin(tx, deps, id))))) return
  const row = await inTenant(db, actor, (tx) => lockErasure(tx, id))
  const plan = row?.plan
  // It finished, and died before the last step was recorded.
  if (!plan) return
  await job.step('games', () => inTenant(db, actor, (tx) => takeDownGames(tx, actor, plan)))
  await job.step('builds', () => inTenant(db, actor, (tx) => voidBuilds(tx, actor, plan)))
  await job.step('pictures', () => inTenant(db, actor, (tx) => blankPictures(tx, actor, plan)))
  await job.step('documents', () => inTenant(db, actor, (tx) => blankDocuments(tx, actor, plan)))
  await job.step('files', async () => {
    for (const assetId of plan.assetIds) await removeFiles(deps, actor, assetId)
    await deleteAttached(deps, job, plan)
    await deleteBundles(deps, job, plan)
    for (const key of plan.documentKeys) await deps.store.delete(key)
    await deleteExports(deps, job, plan)
  })
  await job.step('reviews', () => inTenant(db, actor, (tx) => blankReviews(tx, actor, plan)))
  await job.step('purge', () => purge(deps, event, job, plan), purgeTries)
  await job.step('customer', () => inTenant(db, actor, (tx) => blankCustomer(tx, actor, plan)))
  await job.step('messages', () => inTenant(db, actor, (tx) => blankMessages(tx, actor, plan)))
  await job.step('member', () => inTenant(db, actor, (tx) => blankMember(tx, actor, plan)))
  await job.step('keys', () => inTenant(db, actor, (tx) => destroyKeys(tx, plan)))
  await job.step('finish', () => inTenant(db, actor, (tx) => finish(tx, job, id, plan)))
}

export const erasureHandler: EventHandler<Deps> = {
  name: 'erase-person',
  on: ['user:erasure:requested'],
  lane: 'heavy',
  run: erasePerson,
}
