import type { DeployPreview } from '@sparkle/shared/urls'
import { invalid, notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { BuildFile } from '../../db/tables/builds.ts'
import { findBuildFiles, findUrl } from './urls.queries.ts'

type FileChange = DeployPreview['files'][number]
const order = ['new', 'modified', 'removed', 'same'] as const
const maxFiles = 500

/** What a deploy of a build would change for players, file by file, against what is live now. */
export async function previewDeploy(tx: TenantTx, urlId: string, buildId: string): Promise<DeployPreview> {
  const url = (await findUrl(tx, urlId)) ?? notFound('url')
  const build = (await findBuildFiles(tx, buildId)) ?? notFound('build')
  if (build.projectId !== url.projectId)
    invalid('url.build_of_another_project', 'This build belongs to another project than the address.', 'query.buildId')
  const live = url.liveBuildId ? await findBuildFiles(tx, url.liveBuildId) : undefined
  const changes = compareFiles(live?.files ?? [], build.files ?? [])
  const counts = Object.fromEntries(
    order.map((change) => [change, changes.filter((file) => file.change === change).length]),
  ) as DeployPreview['counts']
  return {
    liveBuildId: url.liveBuildId,
    buildId,
    counts,
    sizeBytes: total(build.files),
    liveSizeBytes: live ? total(live.files) : null,
    files: changes.slice(0, maxFiles),
  }
}

/** Paths of both bundles with what becomes of each: changes first, then by name. Digests decide, not sizes. */
export function compareFiles(live: readonly BuildFile[], next: readonly BuildFile[]): FileChange[] {
  const before = new Map(live.map((file) => [file.path, file]))
  const after = new Map(next.map((file) => [file.path, file]))
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  const changes = paths.map((path): FileChange => {
    const [old, now] = [before.get(path), after.get(path)]
    const change = !old ? 'new' : !now ? 'removed' : old.digest === now.digest ? 'same' : 'modified'
    return { path, change, sizeBytes: now?.sizeBytes ?? null, liveSizeBytes: old?.sizeBytes ?? null }
  })
  return order.flatMap((change) => changes.filter((file) => file.change === change))
}

function total(files: readonly BuildFile[] | null): number {
  return (files ?? []).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
