import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { PackedFile } from '../../core/pack-files.ts'
import { assets, assetVariantFiles as files } from '../../db/tables/assets.ts'
import { audit, notifications } from '../../db/tables/events.ts'
import { messages } from '../../db/tables/messages.ts'
import { accounts, contacts, memberships, organizations, users } from '../../db/tables/organizations.ts'
import { profiles } from '../../db/tables/profiles.ts'
import { orders, projects } from '../../db/tables/projects.ts'
import { urls } from '../../db/tables/urls.ts'
import { contactEmailContext, contactPhoneContext } from '../accounts/contacts.service.ts'
import { gatherReviews } from './gather-reviews.ts'
import { findPerson, type Subject } from './people.subject.ts'

export interface Gathered {
  data: Record<string, unknown>
  /** Photos, then attached files. */
  files: PackedFile[]
}

const among = (column: Parameters<typeof inArray>[0], ids: readonly string[]) =>
  ids.length ? inArray(column, [...ids]) : sql`false`
const mostRows = 10_000

/**
 * All the studio keeps of one person, and of nobody else: names of the team, of other contacts and of other members are
 * left out, and so are notes, which the studio writes in its own words and about whom it likes.
 */
export async function gatherData(tx: TenantTx, crypto: Crypto, subject: Subject): Promise<Gathered> {
  const person = await findPerson(tx, crypto, subject)
  const { userId, contactIds, projectIds, accountId } = person
  const [studio] = await tx
    .select({ name: organizations.name, slug: organizations.slug })
    .from(organizations)
    .where(eq(organizations.id, tx.organizationId))
  const photos = await listPhotos(tx, projectIds)
  const reviews = userId ? await gatherReviews(tx, userId) : null
  const data = {
    madeAt: new Date().toISOString(),
    studio,
    person: { name: person.name, email: person.email },
    signIn: userId ? await signInOf(tx, userId) : null,
    account: accountId ? await accountOf(tx, accountId, contactIds, userId) : null,
    contacts: (await tx.select().from(contacts).where(among(contacts.id, contactIds))).map((row) => ({
      name: row.name,
      email: row.emailCipher && crypto.decrypt(row.emailCipher, contactEmailContext),
      phone: row.phoneCipher && crypto.decrypt(row.phoneCipher, contactPhoneContext),
      since: row.createdAt,
    })),
    projects: await projectsOf(tx, crypto, projectIds),
    orders: await tx
      .select({
        number: orders.number,
        at: orders.createdAt,
        consentVersion: orders.consentVersion,
        consentAt: orders.consentAt,
      })
      .from(orders)
      .where(among(orders.projectId, projectIds))
      .orderBy(asc(orders.createdAt)),
    profiles: await profilesOf(tx, userId, projectIds),
    photos: photos.map(({ path, filename, uploadedAt }) => ({ path, filename, uploadedAt })),
    comments: reviews?.comments ?? [],
    decisions: reviews?.decisions ?? [],
    attachments: (reviews?.files ?? []).map(({ path, filename, at }) => ({ path, filename, at })),
    notifications: userId
      ? await tx
          .select({ kind: notifications.kind, at: notifications.createdAt, readAt: notifications.readAt })
          .from(notifications)
          .where(eq(notifications.userId, userId))
          .orderBy(desc(notifications.createdAt))
          .limit(mostRows)
      : [],
    messages: userId
      ? await tx
          .select({ about: projects.petName, at: messages.createdAt, text: messages.body })
          .from(messages)
          .innerJoin(
            projects,
            and(eq(projects.organizationId, messages.organizationId), eq(projects.id, messages.projectId)),
          )
          .where(
            and(
              eq(messages.organizationId, tx.organizationId),
              eq(messages.authorUserId, userId),
              isNull(messages.deletedAt),
            ),
          )
          .orderBy(desc(messages.createdAt))
          .limit(mostRows)
      : [],
    whatYouDid: userId
      ? await tx
          .select({ action: audit.action, at: audit.at, address: audit.address, browser: audit.userAgent })
          .from(audit)
          .where(eq(audit.actorId, userId))
          .orderBy(desc(audit.id))
          .limit(mostRows)
      : [],
  }
  return { data, files: [...photos, ...(reviews?.files ?? [])] }
}

async function signInOf(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({
      role: memberships.role,
      memberSince: memberships.createdAt,
      deactivatedAt: memberships.deactivatedAt,
      timeZone: users.timeZone,
      locale: users.locale,
      emailConfirmedAt: users.emailConfirmedAt,
      lastSeenAt: users.lastSeenAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.userId, userId))
  return row ?? null
}

/** A household's name may be another one's, so it is told only where nobody else belongs to it. */
async function accountOf(tx: TenantTx, id: string, contactIds: readonly string[], userId: string | null) {
  const [row] = await tx
    .select({ name: accounts.name, kind: accounts.kind, since: accounts.createdAt })
    .from(accounts)
    .where(eq(accounts.id, id))
  const others =
    (await tx.$count(
      contacts,
      and(eq(contacts.accountId, id), sql`${contacts.id} <> all(${sql.param([...contactIds])}::uuid[])`),
    )) +
    (await tx.$count(
      memberships,
      and(eq(memberships.accountId, id), sql`${memberships.userId} is distinct from ${userId}::uuid`),
    ))
  if (!row) return null
  return others > 0 ? { kind: row.kind, since: row.since } : row
}

async function projectsOf(tx: TenantTx, crypto: Crypto, ids: readonly string[]) {
  const rows = await tx.select().from(projects).where(among(projects.id, ids)).orderBy(asc(projects.createdAt))
  const games = await tx
    .select({ projectId: urls.projectId, slug: urls.slug, host: urls.host, status: urls.status })
    .from(urls)
    .where(among(urls.projectId, ids))
  return rows.map((row) => ({
    orderNumber: row.orderNumber,
    pet: { name: row.petName, breed: row.petBreed, age: row.petAge, personality: row.petPersonality },
    customer: {
      name: row.customerName,
      email: row.customerEmailCipher && crypto.decrypt(row.customerEmailCipher, 'projects.customer_email'),
      phone: row.customerPhoneCipher && crypto.decrypt(row.customerPhoneCipher, 'projects.customer_phone'),
    },
    description: row.description,
    packageType: row.packageType,
    wishes: row.gameConfig,
    status: row.status,
    createdAt: row.createdAt,
    completedAt: row.completedAt,
    games: games
      .filter(({ projectId }) => projectId === row.id)
      .map(({ host, slug, status }) => ({ address: `${host}/${slug}/`, status })),
  }))
}

async function profilesOf(tx: TenantTx, userId: string | null, projectIds: readonly string[]) {
  const linked = sql`exists (select 1 from projects p where p.organization_id = ${profiles.organizationId}
    and p.pet_profile_id = ${profiles.id} and p.id = any(${sql.param([...projectIds])}::uuid[]))`
  const rows = await tx
    .select()
    .from(profiles)
    .where(userId ? sql`(${profiles.userId} = ${userId}::uuid or ${linked})` : linked)
  return rows.map(
    ({ organizationId: _studio, id: _id, userId: _user, accountId: _account, version: _version, ...row }) => row,
  )
}

async function listPhotos(tx: TenantTx, projectIds: readonly string[]) {
  const rows = await tx
    .select({
      id: assets.id,
      filename: assets.originalFilename,
      uploadedAt: assets.uploadedAt,
      storageKey: files.storageKey,
      sizeBytes: files.sizeBytes,
      digest: files.digest,
    })
    .from(assets)
    .innerJoin(
      files,
      and(eq(files.organizationId, assets.organizationId), eq(files.assetId, assets.id), eq(files.variant, 'original')),
    )
    .where(and(among(assets.projectId, projectIds), eq(assets.assetType, 'photo'), isNull(assets.deletedAt)))
    .orderBy(asc(assets.createdAt))
  return rows.map((row, index) => {
    const extension = row.storageKey.split('.').at(-1) ?? 'bin'
    return { ...row, path: `photos/${String(index + 1).padStart(3, '0')}.${extension}` }
  })
}
