import { and, eq, inArray, isNull, ne, notInArray, or, sql } from 'drizzle-orm'
import { ownTemplateId } from '@sparkle/shared/builds'
import type { DocumentChoice, ErasureScope, GameChoice } from '@sparkle/shared/people'
import { isAccountRole } from '@sparkle/shared/permissions'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets } from '../../db/tables/assets.ts'
import { builds } from '../../db/tables/builds.ts'
import { notifications } from '../../db/tables/events.ts'
import { messages } from '../../db/tables/messages.ts'
import { notificationDeliveries } from '../../db/tables/notifications.ts'
import { contacts, invitations, memberships } from '../../db/tables/organizations.ts'
import type { ErasurePlan } from '../../db/tables/people.ts'
import { profiles } from '../../db/tables/profiles.ts'
import { projectFiles, projectFileVersions } from '../../db/tables/project-files.ts'
import { orders, projects } from '../../db/tables/projects.ts'
import { deliverableVersions } from '../../db/tables/reviews.ts'
import { urls } from '../../db/tables/urls.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { findPerson, type FoundPerson, type Subject, worksElsewhere } from './people.subject.ts'

/** `any` over no values is never true, where Drizzle refuses an empty list. */
const among = (column: Parameters<typeof inArray>[0], ids: readonly string[]) =>
  ids.length ? inArray(column, [...ids]) : sql`false`

/** What whoever erases somebody has to decide. */
export interface ErasureChoices {
  games: GameChoice
  documents: DocumentChoice
}

/**
 * What has to go with a person: their projects, every picture in them and all that was drawn from one, the builds with
 * such a picture, and the addresses where these are live. Reads only; the same for the preview and for the erasure.
 */
export async function planErasure(
  tx: TenantTx,
  crypto: Crypto,
  subject: Subject,
  { games, documents }: ErasureChoices,
): Promise<{ plan: ErasurePlan; person: FoundPerson }> {
  const person = await findPerson(tx, crypto, subject)
  const { userId, contactIds, projectIds } = person
  const assetIds = await listPictures(tx, person)
  const tainted = await listBuilds(tx, projectIds, assetIds, games)
  const live = await listUrls(tx, projectIds, tainted, games)
  const accountIds = await listOwnAccounts(tx, person)
  const profileIds = await listProfiles(tx, person, accountIds)
  const invitationIds = await listInvitations(tx, crypto, person)
  const files = documents === 'erase' ? await listDocuments(tx, projectIds) : []
  const plan = {
    subjects: [
      ...new Set([
        ...(userId ? [userId] : []),
        ...contactIds,
        ...accountIds,
        ...invitationIds,
        ...projectIds,
        ...profileIds,
        // What is recorded of a picture or a document is sealed for its project, or for itself where none is named.
        ...assetIds,
        ...files.map(({ id }) => id),
      ]),
    ],
    userId,
    contactIds,
    accountIds,
    invitationIds,
    projectIds,
    assetIds,
    builds: tainted,
    urls: live,
    fileIds: [...new Set(files.map(({ id }) => id))],
    documentKeys: files.flatMap(({ storageKey }) => (storageKey ? [storageKey] : [])),
    profileIds,
    worksElsewhere: userId !== null && (await worksElsewhere(tx, userId)),
  }
  return { plan, person }
}

/** Photos and sprites of the person's projects, what a customer uploaded elsewhere, and all that was made from one. */
async function listPictures(tx: TenantTx, { projectIds, userId, role }: FoundPerson): Promise<string[]> {
  const uploader = userId && role && isAccountRole(role) ? userId : null
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive pictures as (
      select id from assets where organization_id = ${tx.organizationId} and (
        (asset_type in ('photo', 'sprite') and project_id = any(${sql.param([...projectIds])}::uuid[]))
        or uploaded_by = ${uploader}::uuid)
      union
      select made.id from pictures join lateral (
        select a.id from assets a where a.organization_id = ${tx.organizationId} and a.source_asset_id = pictures.id
        union all
        select v.asset_id from asset_versions v where v.organization_id = ${tx.organizationId} and v.source_asset_id = pictures.id
      ) made on true
    ) select id from pictures`)
  return rows.map(({ id }) => id)
}

/** With `takeDown` all builds of the projects; else those with a picture, and a studio's own, which nobody can look into. */
async function listBuilds(tx: TenantTx, projectIds: readonly string[], assetIds: readonly string[], games: GameChoice) {
  const inSlot = sql`exists (
    select 1 from jsonb_each_text(${builds.assets}) as slot where slot.value = any(${sql.param([...assetIds])}::text[]))`
  const ofThem = among(builds.projectId, projectIds)
  return tx
    .select({ id: builds.id, digest: builds.digest })
    .from(builds)
    .where(
      and(
        eq(builds.organizationId, tx.organizationId),
        or(inSlot, games === 'takeDown' ? ofThem : and(ofThem, eq(builds.templateId, ownTemplateId))),
      ),
    )
}

/** Addresses that go. One without a game tells nothing but a name, and goes with the others or stays with them. */
async function listUrls(
  tx: TenantTx,
  projectIds: readonly string[],
  gone: readonly { id: string }[],
  games: GameChoice,
) {
  const liveWith = among(
    urls.liveBuildId,
    gone.map(({ id }) => id),
  )
  // Written out: in a select from one table, Drizzle leaves the table's name away, and the inner table's would be meant.
  const former = sql<string[]>`array(select r.slug from url_redirects r
    where r.organization_id = urls.organization_id and r.url_id = urls.id)`
  return tx
    .select({ id: urls.id, slug: urls.slug, former })
    .from(urls)
    .where(
      and(
        eq(urls.organizationId, tx.organizationId),
        ne(urls.status, 'deleted'),
        games === 'takeDown' ? or(liveWith, among(urls.projectId, projectIds)) : liveWith,
      ),
    )
}

/** Every version of the documents on the projects; a document without one comes once. */
async function listDocuments(tx: TenantTx, projectIds: readonly string[]) {
  return tx
    .select({ id: projectFiles.id, storageKey: projectFileVersions.storageKey })
    .from(projectFiles)
    .leftJoin(
      projectFileVersions,
      and(
        eq(projectFileVersions.organizationId, projectFiles.organizationId),
        eq(projectFileVersions.fileId, projectFiles.id),
      ),
    )
    .where(among(projectFiles.projectId, projectIds))
}

/** Accounts of the person that nobody else is reached by or signs in for. */
async function listOwnAccounts(tx: TenantTx, { contactIds, userId, accountId }: FoundPerson): Promise<string[]> {
  const known = await tx.select({ id: contacts.accountId }).from(contacts).where(among(contacts.id, contactIds))
  // Somebody may sign in for another account than the one they are a contact of.
  const signedIn = userId
    ? await tx.select({ id: memberships.accountId }).from(memberships).where(eq(memberships.userId, userId))
    : []
  const candidates = new Set([...known, ...signedIn, { id: accountId }].flatMap(({ id }) => (id ? [id] : [])))
  const own: string[] = []
  for (const id of candidates) {
    const others = await tx
      .select({ id: contacts.id })
      .from(contacts)
      .where(and(eq(contacts.accountId, id), contactIds.length ? notInArray(contacts.id, contactIds) : undefined))
      .limit(1)
    const members = await tx
      .select({ id: memberships.userId })
      .from(memberships)
      .where(
        and(
          eq(memberships.accountId, id),
          isNull(memberships.deactivatedAt),
          userId ? ne(memberships.userId, userId) : undefined,
        ),
      )
      .limit(1)
    if (others.length + members.length === 0) own.push(id)
  }
  return own
}

/** The person's own profile, and those of pets that no other household shares. */
async function listProfiles(tx: TenantTx, { userId, projectIds }: FoundPerson, accountIds: readonly string[]) {
  const linked = sql`(exists (select 1 from projects p where p.organization_id = ${profiles.organizationId}
      and p.pet_profile_id = ${profiles.id} and p.id = any(${sql.param([...projectIds])}::uuid[]))
    and not exists (select 1 from projects p where p.organization_id = ${profiles.organizationId}
      and p.pet_profile_id = ${profiles.id} and p.id <> all(${sql.param([...projectIds])}::uuid[])))`
  const found = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(or(userId ? eq(profiles.userId, userId) : undefined, among(profiles.accountId, accountIds), linked))
  return found.map(({ id }) => id)
}

async function listInvitations(tx: TenantTx, crypto: Crypto, { email }: FoundPerson): Promise<string[]> {
  if (!email) return []
  const found = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(eq(invitations.emailIndex, crypto.blindIndex(email, userEmailContext)))
  return found.map(({ id }) => id)
}

/** The plan in figures and names, for whoever has to decide. */
export async function previewErasure(
  tx: TenantTx,
  crypto: Crypto,
  subject: Subject,
  choices: ErasureChoices,
): Promise<ErasureScope> {
  const { plan, person } = await planErasure(tx, crypto, subject, choices)
  const { projectIds, assetIds } = plan
  const listed = await tx
    .select({ id: projects.id, petName: projects.petName })
    .from(projects)
    .where(among(projects.id, projectIds))
  const pictures = await tx.select({ type: assets.assetType }).from(assets).where(among(assets.id, assetIds))
  const photos = pictures.filter(({ type }) => type === 'photo').length
  const live = await tx
    .select({ id: urls.id, slug: urls.slug })
    .from(urls)
    .where(and(among(urls.projectId, projectIds), eq(urls.status, 'active')))
  const gone = new Set(plan.urls.map(({ id }) => id))
  const documents = await tx.$count(projectFiles, among(projectFiles.projectId, projectIds))
  return {
    name: person.name,
    contacts: plan.contactIds.length,
    projects: listed,
    orders: await tx.$count(orders, among(orders.projectId, projectIds)),
    photos,
    sprites: pictures.length - photos,
    builds: plan.builds.length,
    liveGames: live.map((one) => ({ ...one, kept: !gone.has(one.id) })),
    profiles: plan.profileIds.length,
    documents,
    reviews: await tx.$count(deliverableVersions, among(deliverableVersions.projectId, projectIds)),
    mails: await tx.$count(notificationDeliveries, mailsOf(plan)),
    notifications: await tx.$count(notifications, notificationsOf(plan)),
    messages: await tx.$count(
      messages,
      and(eq(messages.organizationId, tx.organizationId), isNull(messages.deletedAt), messagesOf(plan) ?? sql`false`),
    ),
    worksElsewhere: plan.worksElsewhere,
    kept: [
      'auditRecords',
      'orderNumbers',
      ...(plan.urls.length ? (['slugs'] as const) : []),
      ...(choices.documents === 'keep' && documents > 0 ? (['documents'] as const) : []),
      ...(plan.worksElsewhere ? (['account'] as const) : []),
    ],
  }
}

/** What was or will be sent to the person, and to customers of their projects. */
export function mailsOf({ userId, projectIds }: ErasurePlan) {
  const d = notificationDeliveries
  return or(userId ? eq(d.userId, userId) : undefined, among(d.projectId, projectIds))
}

/** What the person was told, and what others were told of their projects, which names the pet. */
export function notificationsOf({ userId, projectIds }: ErasurePlan) {
  return or(userId ? eq(notifications.userId, userId) : undefined, among(notifications.projectId, projectIds))
}

/** What the person wrote, and everybody's words in the conversations of their projects. */
export function messagesOf({ userId, projectIds }: ErasurePlan) {
  return or(userId ? eq(messages.authorUserId, userId) : undefined, among(messages.projectId, projectIds))
}
