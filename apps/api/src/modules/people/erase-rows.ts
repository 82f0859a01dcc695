import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { randomToken } from '../../core/crypto.ts'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit, type AuditEntity } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { destroyPersonKey } from '../../core/person-vault.ts'
import { revokeMemberSessions } from '../../db/system.ts'
import { apiKeys } from '../../db/tables/api-keys.ts'
import { assets } from '../../db/tables/assets.ts'
import { builds } from '../../db/tables/builds.ts'
import { idempotencyKeys, notifications } from '../../db/tables/events.ts'
import { messageReads, messages } from '../../db/tables/messages.ts'
import {
  notificationDeliveries,
  notificationSettings,
  projectMutes,
  pushSubscriptions,
} from '../../db/tables/notifications.ts'
import { accounts, contacts, invitations, memberships } from '../../db/tables/organizations.ts'
import type { ErasurePlan } from '../../db/tables/people.ts'
import { permissionGrants } from '../../db/tables/permissions.ts'
import { profiles } from '../../db/tables/profiles.ts'
import { projectViews } from '../../db/tables/project-files.ts'
import { projects } from '../../db/tables/projects.ts'
import { externalIdentities } from '../../db/tables/sign-in.ts'
import { urls } from '../../db/tables/urls.ts'
import { deleteRedirectsOf } from '../urls/urls.queries.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { mailsOf, messagesOf, notificationsOf } from './erasure-plan.ts'

/**
 * The steps of an erasure that change rows. An erasure crosses every module, so it writes where it finds a person instead
 * of asking each module to forget. Every step bears being done twice: what is gone already is gone.
 */

/** What stands where a name was. */
const nobody = 'Erased person'
const noPet = 'Erased pet'

const now = sql`now()` as unknown as string
const next = (version: Parameters<typeof sql>[1]) => sql`${version} + 1` as unknown as number

function recordErased(tx: TenantTx, actor: SystemActor, entity: AuditEntity, id: string) {
  return recordAudit(tx, actor, 'personal:erased', { entity, id })
}

/** Takes the person's games down: their addresses answer 410 from the moment this commits. */
export async function takeDownGames(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<void> {
  const ids = plan.urls.map(({ id }) => id)
  if (ids.length === 0) return
  await tx.execute(sql`select sys.erase_addresses(${sql.param(ids)}::uuid[])`)
  await deleteRedirectsOf(tx, ids)
  const gone = await tx
    .update(urls)
    .set({ status: 'deleted', liveBuildId: null, endedAt: now, updatedAt: now, version: next(urls.version) })
    .where(and(eq(urls.organizationId, tx.organizationId), inArray(urls.id, ids), sql`${urls.status} <> 'deleted'`))
    .returning({ id: urls.id, projectId: urls.projectId })
  for (const { id, projectId } of gone) {
    await recordAudit(tx, actor, 'url:deleted', { entity: 'url', id })
    // Without its name: the job itself tells the CDN.
    await emit(tx, actor, 'url:deleted', { projectId, data: { urlId: id } })
  }
}

/** Makes the builds unfit to be served; the hosts drop what they keep in memory. Their files go in a later step. */
export async function voidBuilds(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<void> {
  const ids = plan.builds.map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .update(builds)
    .set({
      status: 'failed',
      digest: null,
      files: null,
      manifest: null,
      smoke: null,
      config: {},
      assets: {},
      unmetWishes: [],
      error: 'erased',
      previewGeneration: next(builds.previewGeneration),
      version: next(builds.version),
    })
    .where(and(eq(builds.organizationId, tx.organizationId), inArray(builds.id, ids)))
  for (const id of ids) await recordErased(tx, actor, 'build', id)
}

/** Which of these digests other builds still stand for: equal bundles share their files. */
export async function digestsInUse(tx: TenantTx, digests: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .select({ digest: builds.digest })
    .from(builds)
    .where(and(eq(builds.organizationId, tx.organizationId), inArray(builds.digest, [...digests])))
  return new Set(rows.flatMap(({ digest }) => (digest ? [digest] : [])))
}

/** Marks the pictures deleted and takes from their rows what tells of the person. */
export async function blankPictures(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<void> {
  if (plan.assetIds.length === 0) return
  await tx
    .update(assets)
    .set({
      deletedAt: now,
      filename: 'erased',
      originalFilename: 'erased',
      metadata: {},
      recipe: null,
      digest: null,
      uploadDigest: null,
      focalX: null,
      focalY: null,
      updatedAt: now,
      version: next(assets.version),
    })
    .where(and(eq(assets.organizationId, tx.organizationId), inArray(assets.id, plan.assetIds)))
  for (const id of plan.assetIds) await recordAudit(tx, actor, 'asset:deleted', { entity: 'asset', id })
}

/** Projects, contacts, accounts, pets and mails: what the studio knows of somebody as a customer. */
export async function blankCustomer(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<void> {
  const { projectIds, contactIds, accountIds, profileIds, userId } = plan
  const changed = { updatedAt: now }
  if (projectIds.length)
    await tx
      .update(projects)
      .set({
        ...changed,
        name: noPet,
        petName: noPet,
        description: '',
        customerName: null,
        customerEmailCipher: null,
        customerEmailIndex: null,
        customerPhoneCipher: null,
        petBreed: '',
        petAge: '',
        petPersonality: '',
        notes: '',
        gameConfig: { difficulty: 'medium', features: [] },
        version: next(projects.version),
      })
      .where(inArray(projects.id, projectIds))
  for (const id of projectIds) await recordErased(tx, actor, 'project', id)
  if (contactIds.length)
    await tx
      .update(contacts)
      .set({
        ...changed,
        name: nobody,
        emailCipher: null,
        emailIndex: null,
        phoneCipher: null,
        version: next(contacts.version),
      })
      .where(inArray(contacts.id, contactIds))
  for (const id of contactIds) await recordErased(tx, actor, 'contact', id)
  if (accountIds.length)
    await tx
      .update(accounts)
      .set({ ...changed, name: nobody, version: next(accounts.version) })
      .where(inArray(accounts.id, accountIds))
  for (const id of accountIds) await recordErased(tx, actor, 'account', id)
  if (profileIds.length) {
    await tx.update(projects).set({ petProfileId: null }).where(inArray(projects.petProfileId, profileIds))
    await tx.delete(profiles).where(inArray(profiles.id, profileIds))
  }
  for (const id of profileIds) await recordErased(tx, actor, 'profile', id)
  await tx.delete(notificationDeliveries).where(mailsOf(plan) ?? sql`false`)
  await tx.delete(notifications).where(notificationsOf(plan) ?? sql`false`)
  // Replies kept for a repeated request may hold any of it; they live for a day, so all of the studio's go.
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.organizationId, tx.organizationId))
  await tx.execute(sql`select sys.redact_events(${userId}::uuid, ${sql.param(projectIds)}::uuid[])`)
}

/** What the person wrote, and what was written of their pets: the words go, the places in the conversation stay. */
export async function blankMessages(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<void> {
  const { userId } = plan
  const blank = { body: '', deletedAt: sql`coalesce(${messages.deletedAt}, now())` as unknown as string }
  const found = await tx
    .update(messages)
    .set({ ...blank, updatedAt: now, version: next(messages.version) })
    .where(and(eq(messages.organizationId, tx.organizationId), messagesOf(plan) ?? sql`false`))
    .returning({ id: messages.id })
  for (const { id } of found) await recordErased(tx, actor, 'message', id)
  if (!userId) return
  await tx
    .update(messages)
    .set({ authorUserId: null })
    .where(and(eq(messages.organizationId, tx.organizationId), eq(messages.authorUserId, userId)))
  await tx
    .delete(messageReads)
    .where(and(eq(messageReads.organizationId, tx.organizationId), eq(messageReads.userId, userId)))
}

/** Ends the person's access and takes what was theirs as somebody who signs in. Answers whether they are gone altogether. */
export async function blankMember(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<boolean> {
  const { userId, invitationIds } = plan
  if (invitationIds.length)
    await tx
      .update(invitations)
      .set({
        emailCipher: tx.crypto.encrypt(address(), userEmailContext),
        emailIndex: sql`'erased ' || ${invitations.id}` as unknown as string,
        revokedAt:
          sql`coalesce(${invitations.revokedAt}, case when ${invitations.acceptedAt} is null then now() end)` as unknown as string,
        version: next(invitations.version),
      })
      .where(inArray(invitations.id, invitationIds))
  for (const id of invitationIds) await recordErased(tx, actor, 'invitation', id)
  if (!userId) return false
  await revokeMemberSessions(tx, userId)
  await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.userId, userId))
  await tx.delete(notificationSettings).where(eq(notificationSettings.userId, userId))
  await tx.delete(projectMutes).where(eq(projectMutes.userId, userId))
  await tx.delete(permissionGrants).where(eq(permissionGrants.userId, userId))
  await tx.delete(projectViews).where(and(eq(projectViews.ownerId, userId), eq(projectViews.shared, false)))
  await tx.delete(externalIdentities).where(eq(externalIdentities.userId, userId))
  await tx
    .update(apiKeys)
    .set({ revokedAt: now, version: next(apiKeys.version) })
    .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))
  await tx.update(apiKeys).set({ lastUsedAddress: null }).where(eq(apiKeys.userId, userId))
  await tx
    .update(memberships)
    .set({
      deactivatedAt: sql`coalesce(${memberships.deactivatedAt}, now())` as unknown as string,
      version: next(memberships.version),
    })
    .where(eq(memberships.userId, userId))
  await recordErased(tx, actor, 'membership', userId)
  const { rows } = await tx.execute<{ gone: boolean }>(
    sql`select sys.erase_user(${userId}, ${tx.crypto.encrypt(address(), userEmailContext)}, ${`erased ${userId}`}) as gone`,
  )
  return rows[0]?.gone === true
}

/** An address that no mail can ever reach (RFC 2606). */
const address = () => `${randomToken(9)}@erased.invalid`.toLowerCase()

/** Makes unreadable what the record of changes keeps of them; its chain stays whole, since it holds ciphers only. */
export async function destroyKeys(tx: TenantTx, plan: ErasurePlan): Promise<void> {
  // A person of another studio as well keeps their key there: keys are each studio's own.
  for (const id of plan.subjects) await destroyPersonKey(tx, id)
}
