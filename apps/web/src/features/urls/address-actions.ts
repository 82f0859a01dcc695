import type { ProjectView } from '@sparkle/shared/projects'
import { renewalOf, type Renewal } from '@sparkle/shared/terms'
import type { DeploymentView, UrlView } from '@sparkle/shared/urls'

/** The deployments that were loaded, newest first, and whether there are older ones. */
interface History {
  items: readonly Pick<DeploymentView, 'kind' | 'buildId'>[]
  hasMore: boolean
}

/** What the state of an address allows, whoever asks: the API answers everything else with 409. */
export function addressActions(
  url: Pick<UrlView, 'status' | 'reservedAt' | 'expiresAt'>,
  { deletedAt, packageType }: Pick<ProjectView, 'deletedAt' | 'packageType'>,
  history: History | null,
  now: Date,
): { deploy: boolean; rename: boolean; rollBack: boolean; renew: Renewal | null } {
  const { status } = url
  const renewal = renewalOf(url, packageType, now)
  const open = status === 'reserved' || status === 'active'
  return {
    deploy: open && deletedAt === null,
    rename: open,
    rollBack: status === 'active' && history !== null && hasBuildBefore(history),
    renew: renewal && renewal.from <= now ? renewal : null,
  }
}

/** As the API's `buildBefore`: each deploy puts a build on a stack, each rollback takes one off. */
function hasBuildBefore({ items, hasMore }: History): boolean {
  const stack: string[] = []
  for (const { kind, buildId } of items.toReversed()) {
    if (kind === 'deploy') stack.push(buildId)
    else stack.pop()
  }
  return hasMore || stack.length > 1
}
