import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { maxSentPhotos } from '@sparkle/shared/orders'
import type { TenantTx } from '../../core/in-tenant.ts'
import { primaryDomainOf } from '../../db/tables/hosting.ts'
import { assets, assetVariantFiles, uploadTickets } from '../../db/tables/assets.ts'
import { builds } from '../../db/tables/builds.ts'
import { accounts, contacts, organizations } from '../../db/tables/organizations.ts'
import { orders, projects } from '../../db/tables/projects.ts'
import { urls } from '../../db/tables/urls.ts'
import type { PhotoCount } from './orders.rules.ts'

/** Of tickets that no order has used yet. */
export async function listOpenTicketFiles(tx: TenantTx, ids: readonly string[]) {
  return tx
    .select({ id: uploadTickets.id, storageKey: uploadTickets.storageKey, sizeBytes: uploadTickets.sizeBytes })
    .from(uploadTickets)
    .where(and(inArray(uploadTickets.id, [...ids]), isNull(uploadTickets.usedAt)))
}

export async function findContactByEmail(tx: TenantTx, emailIndex: string) {
  const [row] = await tx
    .select({ id: contacts.id, accountId: contacts.accountId })
    .from(contacts)
    .where(eq(contacts.emailIndex, emailIndex))
  return row
}

export async function insertAccount(tx: TenantTx, id: string, name: string) {
  await tx.insert(accounts).values({ organizationId: tx.organizationId, id, name })
}

export async function insertContact(tx: TenantTx, values: Omit<typeof contacts.$inferInsert, 'organizationId'>) {
  await tx.insert(contacts).values({ ...values, organizationId: tx.organizationId })
}

export async function insertOrder(tx: TenantTx, values: Omit<typeof orders.$inferInsert, 'organizationId'>) {
  await tx.insert(orders).values({ ...values, organizationId: tx.organizationId })
}

/** What a customer may see of their order. */
export async function findTracked(tx: TenantTx, orderId: string) {
  const [order] = await tx
    .select({
      orderNumber: orders.number,
      projectId: orders.projectId,
      createdAt: orders.createdAt,
      studioName: organizations.name,
      studioSlug: organizations.slug,
      takesOrders: sql<boolean>`${organizations.suspendedAt} is null and ${organizations.deletionDueAt} is null`,
      petName: projects.petName,
      packageType: projects.packageType,
      status: projects.status,
    })
    .from(orders)
    .innerJoin(projects, eq(projects.id, orders.projectId))
    .innerJoin(organizations, eq(organizations.id, orders.organizationId))
    .where(and(eq(orders.id, orderId), isNull(projects.deletedAt)))
  return order
}

/** When the first sprite was ready, when the first build passed, and the address that is live, if any. */
export async function findProgress(tx: TenantTx, projectId: string) {
  const [sprite] = await tx
    .select({ at: assets.processedAt })
    .from(assets)
    .where(
      and(
        eq(assets.projectId, projectId),
        eq(assets.assetType, 'sprite'),
        eq(assets.processingStatus, 'ready'),
        isNull(assets.deletedAt),
      ),
    )
    .orderBy(asc(assets.processedAt))
    .limit(1)
  const [build] = await tx
    .select({ at: builds.finishedAt })
    .from(builds)
    .where(and(eq(builds.projectId, projectId), eq(builds.status, 'passed')))
    .orderBy(asc(builds.number))
    .limit(1)
  const [url] = await tx
    .select({ slug: urls.slug, at: urls.deployedAt, primaryDomain: primaryDomainOf(urls.organizationId) })
    .from(urls)
    .where(and(eq(urls.projectId, projectId), eq(urls.status, 'active')))
    .orderBy(desc(urls.deployedAt))
    .limit(1)
  return {
    drawnAt: sprite?.at ?? null,
    builtAt: build?.at ?? null,
    liveAt: url?.at ?? null,
    slug: url?.slug ?? null,
    primaryDomain: url?.primaryDomain ?? null,
  }
}

/** A photo of the project that has arrived. What is on its way to the studio itself is listed nowhere yet. */
const photoOf = (projectId: string) =>
  and(
    eq(assets.projectId, projectId),
    eq(assets.assetType, 'photo'),
    isNull(assets.deletedAt),
    isNotNull(assets.uploadedAt),
  )

/** The order's photos in the order they were sent, with their thumbnails where these exist. */
export async function listPhotos(tx: TenantTx, projectId: string) {
  return tx
    .select({ assetId: assets.id, status: assets.processingStatus, digest: assetVariantFiles.digest })
    .from(assets)
    .leftJoin(
      assetVariantFiles,
      and(
        eq(assetVariantFiles.organizationId, assets.organizationId),
        eq(assetVariantFiles.assetId, assets.id),
        eq(assetVariantFiles.variant, 'thumb'),
      ),
    )
    .where(photoOf(projectId))
    .orderBy(assets.createdAt, assets.id)
    .limit(maxSentPhotos)
}

/** How many photos a project has: all that were sent, and those of them that could not be used. */
export async function countPhotos(tx: TenantTx, projectId: string): Promise<PhotoCount> {
  const [row] = await tx
    .select({
      sent: sql<number>`count(*)::int`,
      rejected: sql<number>`(count(*) filter (where ${assets.processingStatus} = 'rejected'))::int`,
    })
    .from(assets)
    .where(photoOf(projectId))
  return row ?? { sent: 0, rejected: 0 }
}
