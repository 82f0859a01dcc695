import type { ProjectProgress } from '@sparkle/shared/projects'
import { and, isNull, sql } from 'drizzle-orm'
import type { TenantRead } from '../../core/in-tenant.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import { fields, statement } from '../../core/statement.ts'
import { assets } from '../../db/tables/assets.ts'
import { primaryDomainOf } from '../../db/tables/hosting.ts'
import { builds } from '../../db/tables/builds.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { urls } from '../../db/tables/urls.ts'

const readyAssets = (type: 'photo' | 'sprite') => sql<number>`(
  select count(*)::int from ${assets} where ${assets.organizationId} = ${p.organizationId} and ${assets.projectId} = ${p.id}
    and ${assets.assetType} = ${sql.raw(`'${type}'`)} and ${assets.processingStatus} = 'ready' and ${assets.deletedAt} is null)`

const marks = statement<{ ids: string[] }>('projects.progress')((q) =>
  q
    .select(
      fields({
        id: p.id,
        photos: readyAssets('photo'),
        sprites: readyAssets('sprite'),
        build: sql<ProjectProgress['build']>`(
          select ${builds.status} from ${builds} where ${builds.organizationId} = ${p.organizationId}
            and ${builds.projectId} = ${p.id} order by ${builds.number} desc limit 1)`,
        liveSlug: sql<string | null>`(
          select ${urls.slug} from ${urls} where ${urls.organizationId} = ${p.organizationId}
            and ${urls.projectId} = ${p.id} and ${urls.status} = 'active' order by ${urls.deployedAt} desc limit 1)`,
        primaryDomain: primaryDomainOf(p.organizationId),
      }),
    )
    .from(p)
    .where(and(isNull(p.deletedAt), sql`${p.id} = any(${sql.placeholder('ids')}::uuid[])`)),
)

/**
 * How far the games of these projects have come. A statement of its own, so that lists nobody asks it of stay as quick
 * as they are. Deleted projects have none.
 */
export async function progressOf(
  tx: TenantRead,
  gamesOrigin: string,
  ids: string[],
): Promise<Map<string, ProjectProgress>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.run(marks, { ids })
  return new Map(
    rows.map(({ id, primaryDomain, ...marked }) => {
      const liveUrl = marked.liveSlug ? `${gameOrigin(gamesOrigin, primaryDomain)}/${marked.liveSlug}/` : null
      return [id, { ...marked, liveUrl }]
    }),
  )
}
