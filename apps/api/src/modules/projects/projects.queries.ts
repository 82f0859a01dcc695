import { and, eq, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets, assetVariantFiles as variants } from '../../db/tables/assets.ts'
import { memberships, users } from '../../db/tables/organizations.ts'
import { profiles } from '../../db/tables/profiles.ts'
import { projects as p } from '../../db/tables/projects.ts'

/** `<asset> <digest> <type>` of the picture that stands for the project: its newest ready sprite, else its newest photo. */
const cover = sql<string | null>`(
  select ${variants.assetId} || ' ' || ${variants.digest} || ' ' || ${assets.assetType} from ${assets}
  join ${variants} on ${variants.organizationId} = ${assets.organizationId} and ${variants.assetId} = ${assets.id}
  where ${assets.organizationId} = ${p.organizationId} and ${assets.projectId} = ${p.id} and ${variants.variant} = 'thumb'
    and ${assets.processingStatus} = 'ready' and ${assets.deletedAt} is null
  order by (${assets.assetType} = 'sprite') desc, ${assets.createdAt} desc limit 1)`

/** What a project's view is made of. */
export const projectColumns = {
  id: p.id,
  name: p.name,
  description: p.description,
  customerName: p.customerName,
  customerEmailCipher: p.customerEmailCipher,
  customerPhoneCipher: p.customerPhoneCipher,
  petName: p.petName,
  petBreed: p.petBreed,
  petAge: p.petAge,
  petPersonality: p.petPersonality,
  packageType: p.packageType,
  status: p.status,
  statusBeforeHold: p.statusBeforeHold,
  priority: p.priority,
  assignedArtistId: p.assignedArtistId,
  assignedArtistName: sql<string | null>`${users.displayName}`,
  accountId: p.accountId,
  startDate: p.startDate,
  deadline: p.deadline,
  budgetHours: p.budgetHours,
  estimatedHours: p.estimatedHours,
  actualHours: p.actualHours,
  gameConfig: p.gameConfig,
  notes: p.notes,
  orderNumber: p.orderNumber,
  createdAt: p.createdAt,
  updatedAt: p.updatedAt,
  completedAt: p.completedAt,
  archivedAt: p.archivedAt,
  deletedAt: p.deletedAt,
  version: p.version,
  cover,
}

export async function findProject(tx: TenantTx, id: string) {
  const [row] = await tx
    .select(projectColumns)
    .from(p)
    .leftJoin(users, eq(users.id, p.assignedArtistId))
    .where(eq(p.id, id))
  return row
}
export type ProjectRow = NonNullable<Awaited<ReturnType<typeof findProject>>>

/**
 * Locks the project for a change, so that what is decided on it still holds when it is written. Rows that refer to it can
 * be inserted meanwhile: whoever inserts one may hold a lock that the change comes to want.
 */
export async function lockProject(tx: TenantTx, id: string) {
  const [row] = await tx.select().from(p).where(eq(p.id, id)).for('no key update')
  return row
}
export type LockedProject = NonNullable<Awaited<ReturnType<typeof lockProject>>>

export async function insertProject(tx: TenantTx, values: Omit<typeof p.$inferInsert, 'organizationId'>) {
  await tx.insert(p).values({ ...values, organizationId: tx.organizationId })
}

export type ProjectChanges = Partial<Omit<typeof p.$inferInsert, 'organizationId' | 'id' | 'version'>>

/** Writes the changes and counts the version up. */
export async function updateProject(tx: TenantTx, id: string, changes: ProjectChanges) {
  await tx
    .update(p)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${p.version} + 1` })
    .where(eq(p.id, id))
}

/** An active member who is a person, or undefined: no work is given to a service account. */
export async function findActiveMember(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({ userId: memberships.userId, role: memberships.role, displayName: users.displayName })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.userId, userId), eq(users.kind, 'person'), sql`${memberships.deactivatedAt} is null`))
  return row
}

/** What a pet's profile fills into a new project. */
export async function findPetProfile(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({ accountId: profiles.accountId, breed: profiles.breed, traits: profiles.traits })
    .from(profiles)
    .where(and(eq(profiles.id, id), eq(profiles.kind, 'pet')))
  return row
}
