import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import type { ProjectStatus } from '@sparkle/shared/projects'
import type { UserActor } from '../core/actor.ts'
import { createLinker } from '../core/file-links.ts'
import { inTenant } from '../core/in-tenant.ts'
import { orders, projects } from '../db/tables/projects.ts'
import { processAsset } from '../modules/assets/process-asset.ts'
import { createTicket } from '../modules/assets/tickets.service.ts'
import { listPhotos } from '../modules/orders/orders.queries.ts'
import { consentVersion } from '../modules/orders/orders.rules.ts'
import { placeOrder } from '../modules/orders/orders.service.ts'
import { updateProject } from '../modules/projects/projects.queries.ts'
import { assignProject, setProjectStatus } from '../modules/projects/projects.service.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'
import type { DemoProject } from './project-data.ts'

const photo = new URL('photos/chelsea.png', import.meta.url)
const dayMs = 86_400_000

/** The moves by which a new project gets to a status. */
const wayTo: Record<ProjectStatus, ProjectStatus[]> = {
  backlog: [],
  in_progress: ['in_progress'],
  review: ['in_progress', 'review'],
  complete: ['in_progress', 'review', 'complete'],
  on_hold: ['in_progress', 'on_hold'],
  cancelled: ['cancelled'],
}

/** Orders, projects and photos that are missing. Photos are processed at once, without waiting for a worker. */
export async function seedProjects(deps: Deps, studio: DemoStudio, demo: readonly DemoProject[]): Promise<void> {
  const rows = await inTenant(deps.db, studio.system, (tx) => tx.select({ petName: projects.petName }).from(projects))
  const there = new Set(rows.map((row) => row.petName))
  for (const project of demo) if (!there.has(project.petName)) await seedProject(deps, studio, project)
}

async function seedProject(deps: Deps, studio: DemoStudio, demo: DemoProject): Promise<void> {
  const { db, crypto, config } = deps
  const orderer = studio.as(demo.customer.email.endsWith('@sparkle.test') ? 'owner' : 'admin')
  const settled = new Map(demo.photo ? [await uploadPhoto(deps, orderer, demo.petName)] : [])
  const { projectId, orderId } = await inTenant(db, orderer, (tx) =>
    placeOrder(
      tx,
      crypto,
      orderer,
      {
        customer: demo.customer,
        pet: { name: demo.petName, breed: demo.breed, age: demo.age, personality: demo.personality },
        packageType: demo.packageType,
        gameConfig: demo.wishes,
        uploadIds: [...settled.keys()],
        consent: { version: consentVersion },
      },
      settled,
    ),
  )
  await processPhotos(deps, studio, projectId)

  const admin = studio.as('admin')
  const { publicOrigin, gamesOrigin } = config
  const tools = { crypto, link: createLinker(crypto, publicOrigin), gamesOrigin }
  await inTenant(db, admin, async (tx) => {
    if (demo.assigned) await assignProject(tx, tools, admin, projectId, studio.as('artist').userId, null)
    for (const status of wayTo[demo.status]) await setProjectStatus(tx, tools, admin, projectId, status, null)
    const createdAt = momentOf(-demo.orderedDaysAgo)
    await updateProject(tx, projectId, {
      createdAt,
      deadline: momentOf(demo.dueInDays).slice(0, 10),
      priority: demo.priority ?? 'normal',
      estimatedHours: demo.estimatedHours ?? null,
      actualHours: demo.actualHours ?? 0,
      notes: demo.notes ?? '',
      ...(demo.status === 'complete' && { completedAt: momentOf(demo.dueInDays - 1) }),
    })
    await tx.update(orders).set({ createdAt, consentAt: createdAt }).where(eq(orders.id, orderId))
  })
}

function momentOf(daysFromNow: number): string {
  return new Date(Date.now() + daysFromNow * dayMs).toISOString()
}

async function uploadPhoto(
  { db, store }: Deps,
  actor: UserActor,
  petName: string,
): Promise<[ticketId: string, key: string]> {
  const bytes = await readFile(photo)
  const claim = {
    filename: `${petName.toLowerCase().replaceAll(' ', '-')}.png`,
    mimeType: 'image/png',
    sizeBytes: bytes.length,
  }
  const { uploadId, key } = await inTenant(db, actor, (tx) => createTicket(tx, claim))
  await store.put(key, bytes, claim.mimeType)
  return [uploadId, key]
}

async function processPhotos(deps: Deps, { system }: DemoStudio, projectId: string): Promise<void> {
  const photos = await inTenant(deps.db, system, (tx) => listPhotos(tx, projectId))
  for (const { assetId } of photos) await processAsset(deps, { organizationId: system.organizationId, assetId })
}
