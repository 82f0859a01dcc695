import { newId } from '../src/core/ids.ts'
import type { Api, TestStudio } from './harness.ts'

/** A service account and one key. */
export async function furnishKeys({ owner, deps }: Api, org: string, userId: string) {
  const ids = { apiKey: newId(), serviceAccount: newId() }
  await owner.query(
    `insert into users (id, kind, email_cipher, email_index, password_hash, display_name)
     values ($1, 'service', $2, $3, '!', 'Robot')`,
    [ids.serviceAccount, deps.crypto.encrypt('robot@service.invalid', 'users.email'), `index of ${ids.serviceAccount}`],
  )
  await owner.query("insert into memberships (organization_id, user_id, role) values ($1, $2, 'manager')", [
    org,
    ids.serviceAccount,
  ])
  await owner.query(
    `insert into api_keys (organization_id, id, user_id, name, prefix, token_hash, scopes, created_by)
     values ($1, $2, $3, 'Script', 'sk_0123456789ab', $4, '{projects:read}', $3)`,
    [org, ids.apiKey, userId, `hash of ${ids.apiKey}`],
  )
  return ids
}

/** A role of the studio's own, and a grant for a colleague. */
export async function furnishRights(owner: Api['owner'], org: string, userId: string, grantedBy: string) {
  const ids = { customRole: newId(), grant: newId() }
  await owner.query(
    `insert into custom_roles (organization_id, id, name, base_role, permissions)
     values ($1, $2::uuid, $2::text, 'artist', '{projects:read}')`,
    [org, ids.customRole],
  )
  await owner.query(
    `insert into permission_grants (organization_id, id, user_id, effect, permission, reason, granted_by)
     values ($1, $2, $3, 'allow', 'urls:deploy', 'Holiday', $4)`,
    [org, ids.grant, userId, grantedBy],
  )
  return ids
}

/** Two accounts, one with a contact, a person and somebody who is invited. */
export async function furnishClients({ owner, deps }: Api, studio: TestStudio, admin: string) {
  const org = studio.organizationId
  const member = await studio.person('member')
  const ids = {
    account: member.accountId,
    otherAccount: newId(),
    contact: newId(),
    accountMember: member.userId,
    accountInvitation: newId(),
    personExport: newId(),
    erasure: newId(),
    profile: newId(),
  }
  await owner.query("insert into profiles (organization_id, id, kind, name) values ($1, $2, 'pet', 'Rex')", [
    org,
    ids.profile,
  ])
  await owner.query(
    `insert into person_exports (organization_id, id, subject_kind, subject_id, requested_by) values ($1, $2, 'user', $3, $3)`,
    [org, ids.personExport, admin],
  )
  await owner.query(
    `insert into person_erasures (organization_id, id, subject_kind, subject_id, requested_by, reason, games)
     values ($1, $2, 'user', $3, $3, 'x', 'takeDown')`,
    [org, ids.erasure, ids.accountMember],
  )
  await owner.query("insert into accounts (organization_id, id, name) values ($1, $2, 'Other')", [
    org,
    ids.otherAccount,
  ])
  await owner.query("insert into contacts (organization_id, id, account_id, name) values ($1, $2, $3, 'Ann')", [
    org,
    ids.contact,
    ids.account,
  ])
  const email = `${ids.accountInvitation}@example.test`
  await owner.query(
    `insert into invitations (organization_id, id, email_cipher, email_index, role, invited_by, account_id, expires_at)
     values ($1, $2, $3, $4, 'member', $5, $6, now() + interval '7 days')`,
    [
      org,
      ids.accountInvitation,
      deps.crypto.encrypt(email, 'users.email'),
      deps.crypto.blindIndex(email, 'users.email'),
      admin,
      ids.account,
    ],
  )
  return ids
}
