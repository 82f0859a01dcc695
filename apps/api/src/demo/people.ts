import pg from 'pg'
import type { Role } from '@sparkle/shared/permissions'
import type { Crypto } from '../core/crypto.ts'
import { newId } from '../core/ids.ts'
import { hashPassword } from '../modules/auth/passwords.service.ts'
import { userEmailContext } from '../modules/users/users.queries.ts'

export const demoPassword = 'sparkle-demo-2026'

interface DemoPerson {
  email: string
  displayName: string
  role: Role
}

const studios: { slug: string; name: string; tagline: string; accent: string | null; people: DemoPerson[] }[] = [
  {
    slug: 'sparkle',
    name: 'Sparkle Studio',
    tagline: 'Your pet, the hero of a game of its own.',
    accent: '#c8452f',
    people: [
      { email: 'admin@sparkle.test', displayName: 'Ines Faber', role: 'admin' },
      { email: 'manager@sparkle.test', displayName: 'Jonas Keller', role: 'manager' },
      { email: 'artist@sparkle.test', displayName: 'Mika Sato', role: 'artist' },
      { email: 'moderator@sparkle.test', displayName: 'Priya Nair', role: 'moderator' },
      { email: 'client@sparkle.test', displayName: 'Clara Moreau', role: 'owner' },
    ],
  },
  {
    slug: 'neighbour',
    name: 'Neighbour Games',
    tagline: 'Small games, next door.',
    accent: null,
    people: [{ email: 'admin@neighbour.test', displayName: 'Oskar Lind', role: 'admin' }],
  },
]

/**
 * Studios and people of the demo, where they are missing. Only the owner's role may make a studio, so this is the one
 * step that needs its connection.
 */
export async function seedPeople(ownerUrl: string, crypto: Crypto): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtext('sparkleclassic:demo'))")
    const { rowCount } = await client.query("select from organizations where slug = 'sparkle'")
    if (rowCount === 0) await insertAll(client, crypto, await hashPassword(demoPassword))
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function insertAll(client: pg.Client, crypto: Crypto, hash: string): Promise<void> {
  await insertUser(client, crypto, hash, { email: 'super@sparkle.test', displayName: 'Sam Ota', isSuperAdmin: true })
  for (const { people, ...studio } of studios) {
    const organizationId = newId()
    await client.query(
      'insert into organizations (id, slug, name, tagline, accent, require_approval) values ($1, $2, $3, $4, $5, false)',
      [organizationId, studio.slug, studio.name, studio.tagline, studio.accent],
    )
    for (const person of people) {
      const userId = await insertUser(client, crypto, hash, person)
      const accountId = person.role === 'owner' ? newId() : null
      if (accountId)
        await client.query('insert into accounts (organization_id, id, name) values ($1, $2, $3)', [
          organizationId,
          accountId,
          person.displayName,
        ])
      await client.query(
        'insert into memberships (organization_id, user_id, role, account_id) values ($1, $2, $3, $4)',
        [organizationId, userId, person.role, accountId],
      )
    }
  }
}

async function insertUser(
  client: pg.Client,
  crypto: Crypto,
  hash: string,
  person: { email: string; displayName: string; isSuperAdmin?: boolean },
): Promise<string> {
  const id = newId()
  await client.query(
    `insert into users (id, email_cipher, email_index, password_hash, display_name, is_super_admin, email_confirmed_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [
      id,
      crypto.encrypt(person.email, userEmailContext),
      crypto.blindIndex(person.email, userEmailContext),
      hash,
      person.displayName,
      person.isSuperAdmin ?? false,
    ],
  )
  return id
}
