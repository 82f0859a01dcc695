import { newId } from '../src/core/ids.ts'
import type { Api } from './harness.ts'

/** Somebody invited to the project, and a link by which guests see it. */
export async function furnishLinks(
  { owner, deps }: Api,
  org: string,
  project: string,
  account: string,
  userId: string,
) {
  const ids = { projectInvite: newId(), guestLink: newId() }
  const email = `${ids.projectInvite}@example.test`
  await owner.query(
    `insert into invitations (organization_id, id, email_cipher, email_index, role, invited_by, account_id, project_id, expires_at)
     values ($1, $2, $3, $4, 'member', $5, $6, $7, now() + interval '7 days')`,
    [
      org,
      ids.projectInvite,
      deps.crypto.encrypt(email, 'users.email'),
      deps.crypto.blindIndex(email, 'users.email'),
      userId,
      account,
      project,
    ],
  )
  await owner.query(
    `insert into guest_links (organization_id, id, project_id, scope, may_download, token_hash, created_by, expires_at)
     values ($1, $2, $3, 'view', false, 'x', $4, now() + interval '14 days')`,
    [org, ids.guestLink, project, userId],
  )
  await owner.query(
    `insert into guest_visits (organization_id, id, link_id, name, agent, address_hash, expires_at)
     values ($1, $2, $3, 'Granny', '', 'x', now())`,
    [org, newId(), ids.guestLink],
  )
  return ids
}
