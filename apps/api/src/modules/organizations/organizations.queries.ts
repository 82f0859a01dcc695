import { eq, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { organizations as o } from '../../db/tables/organizations.ts'

const columns = {
  id: o.id,
  slug: o.slug,
  name: o.name,
  tagline: o.tagline,
  accent: o.accent,
  logoKey: o.logoKey,
  orderIntro: o.orderIntro,
  orderThanks: o.orderThanks,
  requireApproval: o.requireApproval,
  reviewChecklist: o.reviewChecklist,
  reviewReminderDays: o.reviewReminderDays,
  timeZone: o.timeZone,
  locale: o.locale,
  plan: o.plan,
  deletionDueAt: o.deletionDueAt,
  createdAt: o.createdAt,
  version: o.version,
}

export async function findOrganization(tx: TenantTx) {
  const [row] = await tx.select(columns).from(o).where(eq(o.id, tx.organizationId))
  return row
}
export type OrganizationRow = NonNullable<Awaited<ReturnType<typeof findOrganization>>>

export async function lockOrganization(tx: TenantTx) {
  const [row] = await tx.select(columns).from(o).where(eq(o.id, tx.organizationId)).for('update')
  return row
}

export type OrganizationChanges = Partial<
  Pick<
    OrganizationRow,
    | 'name'
    | 'tagline'
    | 'accent'
    | 'logoKey'
    | 'orderIntro'
    | 'orderThanks'
    | 'requireApproval'
    | 'reviewChecklist'
    | 'reviewReminderDays'
    | 'timeZone'
    | 'locale'
  >
>

export async function updateOrganization(tx: TenantTx, changes: OrganizationChanges) {
  await tx
    .update(o)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${o.version} + 1` })
    .where(eq(o.id, tx.organizationId))
}

/** The zone whose days the studio's figures are told in. */
export async function readTimeZone(tx: TenantTx): Promise<string> {
  const [row] = await tx.select({ timeZone: o.timeZone }).from(o).where(eq(o.id, tx.organizationId))
  return row?.timeZone ?? 'UTC'
}

/** The studio's language, a BCP 47 tag. */
export async function readLocale(tx: TenantTx): Promise<string> {
  const [row] = await tx.select({ locale: o.locale }).from(o).where(eq(o.id, tx.organizationId))
  return row?.locale ?? 'en'
}

/** The next number of the studio's series. The row stays locked until the order commits, so the series has no gaps. */
export async function takeOrderNumber(tx: TenantTx): Promise<number> {
  const [row] = await tx
    .update(o)
    .set({ nextOrderNumber: sql`${o.nextOrderNumber} + 1` })
    .where(eq(o.id, tx.organizationId))
    .returning({ taken: sql<number>`${o.nextOrderNumber} - 1` })
  if (!row) throw new Error('The studio of this transaction does not exist.')
  return row.taken
}
