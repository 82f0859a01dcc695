import { sql } from 'drizzle-orm'
import type { Role } from '@sparkle/shared/permissions'
import type { Database } from '../core/in-tenant.ts'
import type { MemberRights, NewUser } from './system.ts'
import { isoTime } from './time.ts'

/** The look-ups of `system.ts` that are about keys and service accounts; the same rules hold for them. */
type Queryable = Pick<Database, 'execute'>

export interface ApiKeyRow {
  id: string
  name: string
  scopes: string[]
  expiresAt: string | null
  revokedAt: string | null
  suspended: boolean
  organizationId: string
  userId: string
  displayName: string
  /** Null once its member's access has ended. */
  role: Role | null
  accountId: string | null
  /** Its studio is being deleted: until then it can only be read. */
  readOnlyUntil: string | null
  rights: MemberRights | null
}

export async function loadApiKey(db: Queryable, tokenHash: string): Promise<ApiKeyRow | undefined> {
  const { rows } = await db.execute(
    sql`select id, name, scopes, expires_at as "expiresAt", revoked_at as "revokedAt", suspended,
      organization_id as "organizationId", user_id as "userId", display_name as "displayName", role,
      account_id as "accountId", sys.read_only_until(organization_id) as "readOnlyUntil", case when role is not null then sys.member_rights(user_id, organization_id) end as rights
      from sys.load_api_key(${tokenHash})`,
  )
  const row = rows[0] as ApiKeyRow | undefined
  return row && { ...row, readOnlyUntil: row.readOnlyUntil && isoTime(row.readOnlyUntil) }
}

export async function createServiceAccount(
  tx: Queryable,
  account: Pick<NewUser, 'id' | 'emailCipher' | 'emailIndex' | 'displayName'>,
): Promise<void> {
  const { id, emailCipher, emailIndex, displayName } = account
  await tx.execute(sql`select sys.create_service_account(${id}, ${emailCipher}, ${emailIndex}, ${displayName})`)
}
