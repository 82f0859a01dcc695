import type { RestorableEntity, RestoreStep } from '@sparkle/shared/audit'
import type { Permission } from '@sparkle/shared/permissions'
import type { UserActor } from '../../core/actor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { ViewTools } from '../projects/project-view.service.ts'
import { restoreAsset } from './restore-asset.ts'
import { restoreHostingPage, restoreOrganization } from './restore-studio.ts'
import { restoreProjectState } from './restore-project.ts'
import type { Difference, State, Verdict } from './restore.rules.ts'
import { restoreUrl } from './restore-url.ts'

export interface RestoreTools extends ViewTools {
  publicOrigin: string
}

/** How one kind of thing is brought back, by the writes of the module that owns it. */
export interface Restorer {
  /** What somebody has to be allowed who would make this change by hand: the log is no way around it. */
  needs(field: string): Permission
  /** What becomes of each difference between now and goal; may look at what it depends on. */
  judge(tx: TenantTx, now: State, goal: State): Promise<(difference: Difference) => Verdict>
  /** Makes the changes, each with its own record and event. The row is locked and its version has been compared. */
  apply(
    tx: TenantTx,
    tools: RestoreTools,
    actor: UserActor,
    id: string,
    steps: readonly RestoreStep[],
    goal: State,
  ): Promise<void>
}

export const restorers: Record<RestorableEntity, Restorer> = {
  project: restoreProjectState,
  organization: restoreOrganization,
  hosting_page: restoreHostingPage,
  asset: restoreAsset,
  url: restoreUrl,
}
