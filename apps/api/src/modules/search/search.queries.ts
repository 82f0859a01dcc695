import type { Role } from '@sparkle/shared/permissions'
import { mostHits } from '@sparkle/shared/search'
import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { fields, statement } from '../../core/statement.ts'
import { memberships, users } from '../../db/tables/organizations.ts'
import { primaryDomainOf } from '../../db/tables/hosting.ts'
import { projects } from '../../db/tables/projects.ts'
import { urls } from '../../db/tables/urls.ts'

const place = (name: string, type: string) => sql`${sql.placeholder(name)}::${sql.raw(type)}`

/** Addresses whose slug holds the words; those that begin with them first, live ones before the others. */
export const foundAddresses = statement<{ words: string; accountId: string | null; hidden: string[] }>(
  'search.addresses',
)((q) =>
  q
    .select(
      fields({
        id: urls.id,
        projectId: urls.projectId,
        petName: projects.petName,
        slug: urls.slug,
        primaryDomain: primaryDomainOf(urls.organizationId),
        status: urls.status,
      }),
    )
    .from(urls)
    .innerJoin(projects, and(eq(projects.organizationId, urls.organizationId), eq(projects.id, urls.projectId)))
    .where(
      and(
        ne(urls.status, 'deleted'),
        isNull(projects.deletedAt),
        sql`position(${place('words', 'text')} in ${urls.slug}) > 0`,
        sql`${urls.projectId} <> all(${place('hidden', 'uuid[]')})`,
        sql`(${place('accountId', 'uuid')} is null or ${projects.accountId} = ${place('accountId', 'uuid')})`,
      ),
    )
    .orderBy(
      sql`position(${place('words', 'text')} in ${urls.slug}) > 1`,
      sql`${urls.status} <> 'active'`,
      desc(urls.createdAt),
    )
    .limit(mostHits),
)

/** Active members whose name holds the words. */
export const foundPeople = statement<{ words: string }>('search.people')((q) =>
  q
    .select(fields({ id: users.id, name: users.displayName, role: sql<Role>`${memberships.role}` }))
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        isNull(memberships.deactivatedAt),
        isNull(memberships.accountId),
        eq(users.kind, 'person'),
        sql`position(${place('words', 'text')} in lower(${users.displayName})) > 0`,
      ),
    )
    .orderBy(asc(users.displayName))
    .limit(mostHits),
)
