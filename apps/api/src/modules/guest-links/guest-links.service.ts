import type {
  CreateGuestLinkInput,
  GuestLinkView,
  ListGuestLinksQuery,
  ListGuestVisitsQuery,
  UpdateGuestLinkInput,
} from '@sparkle/shared/guest-links'
import { sql } from 'drizzle-orm'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import { type Crypto, randomToken } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import { guestLinkContext } from '../../core/guest-token.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { openProject, readProject } from '../projects/projects.service.ts'
import {
  countLinks,
  countVisits,
  endVisits,
  findLink,
  insertLink,
  listDeeds,
  listLinks,
  listVisits,
  lockLink,
  updateLink,
  type LinkRow,
} from './guest-links.queries.ts'
import { daysFromNow, stateOfLink } from './guest-links.rules.ts'

const permission = 'reviews:share'

function viewOf({ revokedAt, ...row }: LinkRow): GuestLinkView {
  return { ...row, state: stateOfLink({ ...row, revokedAt }, new Date()) }
}

export async function listGuestLinks(tx: TenantTx, actor: UserActor, projectId: string, query: ListGuestLinksQuery) {
  await readProject(tx, actor, projectId, { permission })
  const page = await listLinks(tx, projectId, query)
  const total = asksFor(query.include, 'total') ? await countLinks(tx, projectId) : undefined
  return { items: page.rows.map(viewOf), nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/** The link of a project on which the reader may share. */
async function seenLink(tx: TenantTx, actor: UserActor, id: string): Promise<LinkRow> {
  const row = (await findLink(tx, id)) ?? notFound('guest_link')
  await readProject(tx, actor, row.projectId, { permission })
  return row
}

export async function getGuestLink(tx: TenantTx, actor: UserActor, id: string): Promise<GuestLinkView> {
  return viewOf(await seenLink(tx, actor, id))
}

/** What a link is made of besides the input: its password is hashed before the transaction. */
export type MadeLink = Omit<CreateGuestLinkInput, 'password'> & { passwordHash: string | null }

/** Makes a link and answers its token, which is not kept. */
export async function createGuestLink(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  projectId: string,
  { expiresInDays, ...input }: MadeLink,
): Promise<{ link: GuestLinkView; token: string }> {
  const project = await openProject(tx, actor, projectId, { permission })
  const id = newId()
  const token = crypto.signToken('guest-link', [tx.organizationId, id, randomToken(12)])
  await insertLink(tx, {
    ...input,
    id,
    projectId,
    tokenHash: crypto.secretHash(token, guestLinkContext),
    createdBy: actor.userId,
    expiresAt: daysFromNow(expiresInDays, new Date()),
  })
  const { label, scope } = input
  await recordAudit(tx, actor, 'review:link:created', {
    entity: 'guest_link',
    id,
    changes: { label, scope },
    projectId,
  })
  await emit(tx, actor, 'review:link:created', {
    projectId,
    data: { linkId: id, label, scope, petName: project.petName },
  })
  return { link: viewOf((await findLink(tx, id)) ?? notFound('guest_link')), token }
}

/** The link and its project, both locked, for somebody who may share there. */
async function openLink(tx: TenantTx, actor: UserActor, id: string, expected: number | null) {
  const { projectId } = await seenLink(tx, actor, id)
  const project = await openProject(tx, actor, projectId, { permission })
  const link = (await lockLink(tx, id)) ?? notFound('guest_link')
  assertVersion(link.version, expected)
  if (link.revokedAt) conflict('guest_link.revoked', 'This link was ended. Make a new one.')
  return { link, project }
}

export type LinkChange = Omit<UpdateGuestLinkInput, 'password'> & { passwordHash?: string | null }

/** Changes what a link opens; its visitors notice with their next request. Another password ends their visits. */
export async function changeGuestLink(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  { expiresInDays, passwordHash, ...input }: LinkChange,
  expected: number | null,
): Promise<GuestLinkView> {
  const { link, project } = await openLink(tx, actor, id, expected)
  const { label, scope, mayDownload } = link
  await updateLink(tx, id, {
    ...input,
    ...(passwordHash !== undefined && { passwordHash }),
    ...(expiresInDays !== undefined && { expiresAt: daysFromNow(expiresInDays, new Date()) }),
  })
  if (passwordHash) await endVisits(tx, id)
  const changes = {
    ...changesBetween({ label, scope, mayDownload }, input),
    ...(passwordHash !== undefined && { password: passwordHash ? 'changed' : 'removed' }),
  }
  await recordAudit(tx, actor, 'review:link:updated', { entity: 'guest_link', id, changes, projectId: project.id })
  await emit(tx, actor, 'review:link:updated', {
    projectId: project.id,
    data: { linkId: id, label: input.label ?? label, petName: project.petName },
  })
  return getGuestLink(tx, actor, id)
}

/** Ends a link and, with it, every visit by it. What its guests did stays. */
export async function revokeGuestLink(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const { link, project } = await openLink(tx, actor, id, expected)
  await updateLink(tx, id, { revokedAt: sql`now()` })
  await endVisits(tx, id)
  await recordAudit(tx, actor, 'review:link:revoked', { entity: 'guest_link', id, projectId: project.id })
  await emit(tx, actor, 'review:link:revoked', {
    projectId: project.id,
    data: { linkId: id, label: link.label, petName: project.petName },
  })
}

/** Who opened a link, from what kind of device, and what they did. */
export async function listUses(tx: TenantTx, actor: UserActor, id: string, query: ListGuestVisitsQuery) {
  const { createdAt } = await seenLink(tx, actor, id)
  const page = await listVisits(tx, id, query)
  const deeds = await listDeeds(
    tx,
    page.rows.map((row) => row.id),
    createdAt,
  )
  const total = asksFor(query.include, 'total') ? await countVisits(tx, id) : undefined
  const items = page.rows.map((row) => ({
    id: row.id,
    name: row.name,
    agent: row.agent,
    place: row.addressHash.slice(0, 6),
    openedAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    did: deeds.filter(({ visitId }) => visitId === row.id).map(({ action, count }) => ({ action, count })),
  }))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}
