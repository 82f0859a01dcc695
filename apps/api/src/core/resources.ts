import type { Resource } from '@sparkle/shared/decide'
import { and, eq, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { assets } from '../db/tables/assets.ts'
import { builds } from '../db/tables/builds.ts'
import { versionComments } from '../db/tables/comments.ts'
import { messages } from '../db/tables/messages.ts'
import { guestLinks } from '../db/tables/guest-links.ts'
import { projectFiles } from '../db/tables/project-files.ts'
import { projects } from '../db/tables/projects.ts'
import { deliverableVersions } from '../db/tables/reviews.ts'
import { urls } from '../db/tables/urls.ts'
import type { TenantRead } from './in-tenant.ts'
import { fields, statement } from './statement.ts'

const place = sql`${sql.placeholder('id')}::uuid`
const facts = {
  projectId: projects.id,
  accountId: projects.accountId,
  assignedArtistId: projects.assignedArtistId,
}

const oneProject = statement<{ id: string }>('core.resources.project')((q) =>
  q.select(fields(facts)).from(projects).where(eq(projects.id, place)),
)

type PartOfProject =
  | typeof assets
  | typeof builds
  | typeof urls
  | typeof projectFiles
  | typeof deliverableVersions
  | typeof messages
  | typeof guestLinks
  | typeof versionComments

function partOfProject(name: string, table: PartOfProject) {
  const { id, projectId, organizationId }: Record<'id' | 'projectId' | 'organizationId', PgColumn> = table
  return statement<{ id: string }>(`core.resources.${name}`)((q) =>
    q
      .select(fields(facts))
      .from(table)
      .innerJoin(projects, and(eq(projects.organizationId, organizationId), eq(projects.id, projectId)))
      .where(eq(id, place)),
  )
}

/** By the first word of their addresses: what belongs to a project, so that grants for it reach them. */
const statements = {
  projects: oneProject,
  assets: partOfProject('asset', assets),
  builds: partOfProject('build', builds),
  urls: partOfProject('url', urls),
  'project-files': partOfProject('project_file', projectFiles),
  versions: partOfProject('version', deliverableVersions),
  comments: partOfProject('comment', versionComments),
  messages: partOfProject('message', messages),
  'guest-links': partOfProject('guest_link', guestLinks),
}
export type ResourceKind = keyof typeof statements

export function isResourceKind(word: string | undefined): word is ResourceKind {
  return word !== undefined && Object.hasOwn(statements, word)
}

/** What decisions on a thing are made on; undefined where the studio has no such thing. */
export async function findResource(tx: TenantRead, kind: ResourceKind, id: string): Promise<Resource | undefined> {
  const [row] = await tx.run(statements[kind], { id })
  return row && { ...row, ...(kind === 'assets' && { assetId: id }) }
}
