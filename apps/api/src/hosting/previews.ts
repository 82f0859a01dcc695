import { and, eq, sql } from 'drizzle-orm'
import { id } from '@sparkle/shared/text'
import { isStillGiven } from '../core/guest-visits.ts'
import { inTenantRead } from '../core/in-tenant.ts'
import { fields, statement } from '../core/statement.ts'
import { builds } from '../db/tables/builds.ts'
import type { HostDeps } from './host-deps.ts'
import { represent, type Representation } from './http/representation.ts'
import { shellManifest, shellPage } from './pages/shell-page.ts'
import type { ShellAssets } from './shell-assets.ts'

const passedBuild = statement<{ buildId: string }>('hosting.passedBuild')((q) =>
  q
    .select(
      fields({
        digest: builds.digest,
        files: builds.files,
        manifest: builds.manifest,
        generation: builds.previewGeneration,
      }),
    )
    .from(builds)
    .where(and(eq(builds.id, sql.placeholder('buildId')), eq(builds.status, 'passed'))),
)

/**
 * The shell around one build, for whoever holds its link. The token is authenticated and names the studio, so the build
 * is read within that studio's row-level security; undefined for a forged, expired or revoked token, one of a guest
 * whose visit has ended, and a build that has not passed.
 */
export async function showPreview(
  { db, crypto, config }: Pick<HostDeps, 'db' | 'crypto' | 'config'>,
  assets: ShellAssets,
  token: string,
): Promise<Representation | undefined> {
  const [organizationId, buildId, generation = '1', visitId] = crypto.readToken('preview', token) ?? []
  if (!id.safeParse(organizationId).success || !id.safeParse(buildId).success) return undefined
  const actor = { kind: 'system' as const, organizationId: organizationId as string, job: 'hosting.preview' }
  const [build] = await inTenantRead(db, actor, async (tx) =>
    (await isStillGiven(tx, visitId)) ? tx.run(passedBuild, { buildId: buildId as string }) : [],
  )
  if (build?.generation !== Number(generation)) return undefined
  if (!build?.digest || !build.files || !build.manifest) return undefined
  const { digest, files } = build
  const bundle = { organizationId: actor.organizationId, digest, files }
  const { publicOrigin, gamesOrigin } = config
  return represent(
    shellPage({ bundle, manifest: shellManifest.parse(build.manifest), assets, publicOrigin, gamesOrigin }),
  )
}
