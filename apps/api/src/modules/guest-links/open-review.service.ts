import { visitHours, type GuestSessionView, type ReviewLinkView } from '@sparkle/shared/guest-links'
import { guestPermissions } from '@sparkle/shared/permissions'
import type { GuestActor, PublicActor } from '../../core/actor.ts'
import { AppError, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { guestLinkContext, signVisit } from '../../core/guest-token.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { findOpening, insertVisit, lockLink, type Opening } from './guest-links.queries.ts'
import { assertLinkOpen, coarseAgent, earlier, stateOfLink } from './guest-links.rules.ts'

/** Which studio's link a token says it is of. Throws 404 for what was never made here. */
export function readLinkToken(crypto: Pick<Crypto, 'readToken'>, token: string) {
  const [organizationId, linkId, secret] = crypto.readToken('guest-link', token) ?? notFound('guest_link')
  if (!organizationId || !linkId || !secret) notFound('guest_link')
  return { organizationId, linkId }
}

/** The link of a token, whether or not it still opens anything. */
export async function findByToken(tx: TenantTx, crypto: Crypto, linkId: string, token: string): Promise<Opening> {
  const link = (await findOpening(tx, linkId)) ?? notFound('guest_link')
  if (link.tokenHash !== crypto.secretHash(token, guestLinkContext)) notFound('guest_link')
  return link
}

/** What is told before a name or a password was given. */
export function describeLink(link: Opening): ReviewLinkView {
  const state = stateOfLink(link, new Date())
  const needsPassword = link.passwordHash !== null
  const { studioName, scope, expiresAt } = link
  const petName = state === 'open' && !needsPassword ? link.petName : null
  return { state, needsPassword, studioName, petName, scope, expiresAt }
}

/** Lets somebody in whose password, where the link has one, was checked. The link is looked at again in `tx`. */
export async function openVisit(
  tx: TenantTx,
  crypto: Crypto,
  { origin, organizationId }: PublicActor,
  checked: Opening,
  name: string,
): Promise<GuestSessionView> {
  await lockLink(tx, checked.id)
  const link = (await findOpening(tx, checked.id)) ?? notFound('guest_link')
  assertLinkOpen(link, new Date())
  if (link.passwordHash !== checked.passwordHash)
    throw new AppError(
      'unauthenticated',
      'guest_link.password_needed',
      'The password of this link was changed just now.',
    )
  const { id: linkId, projectId, scope, mayDownload, petName, studioName } = link
  const visitId = newId()
  const expiresAt = earlier(new Date(Date.now() + visitHours * 3_600_000).toISOString(), link.expiresAt)
  await insertVisit(tx, {
    id: visitId,
    linkId,
    name,
    agent: coarseAgent(origin.userAgent),
    addressHash: crypto.secretHash(origin.address, `guest_visits.address ${linkId}`),
    expiresAt,
  })
  const guest: GuestActor = {
    kind: 'guest',
    organizationId,
    visitId,
    linkId,
    projectId,
    displayName: name,
    permissions: guestPermissions[scope],
    mayDownload,
    origin,
  }
  await recordAudit(tx, guest, 'review:link:opened', { entity: 'guest_link', id: linkId, projectId })
  await emit(tx, guest, 'review:link:opened', { projectId, data: { linkId, label: link.label, petName } })
  const token = signVisit(crypto, { organizationId, visitId }, expiresAt)
  return { token, expiresAt, name, scope, mayDownload, projectId, petName, studioName }
}
