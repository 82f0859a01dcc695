import type { AssetItem } from '@sparkle/shared/assets'
import type { BuildView } from '@sparkle/shared/builds'
import type { ProjectView } from '@sparkle/shared/projects'
import type { ApprovalView } from '@sparkle/shared/reviews'
import type { UrlView } from '@sparkle/shared/urls'

/** What the way from order to live is judged by; lists are newest first. */
export interface ProjectFacts {
  project: ProjectView
  photos: readonly AssetItem[]
  sprites: readonly AssetItem[]
  builds: readonly BuildView[]
  urls: readonly UrlView[]
  approval: ApprovalView
}

export type NextStep = 'addPhoto' | 'makeSprite' | 'build' | 'reserve' | 'review' | 'deploy' | 'open'

export const isReady = ({ processingStatus }: AssetItem) => processingStatus === 'ready'
const isPassed = ({ status }: BuildView) => status === 'passed'
/** An address that holds or can hold the game. */
export const isInUse = ({ status }: UrlView) => status === 'reserved' || status === 'active'

/**
 * The one thing to do now. A sprite can come from elsewhere, and a game may be built while the address is chosen; where
 * approval is required, the newest build is reviewed before it goes live.
 */
export function nextStepOf({ photos, sprites, builds, urls, approval }: ProjectFacts): NextStep {
  const live = urls.find(({ status, liveBuildId }) => status === 'active' && liveBuildId !== null)
  const newest = builds.find(isPassed)
  const goOn = mayGoLive(approval, newest) ? 'deploy' : 'review'
  if (live) return newest && newest.id !== live.liveBuildId ? goOn : 'open'
  if (!sprites.some(isReady)) return photos.some(isReady) ? 'makeSprite' : 'addPhoto'
  if (!newest) return 'build'
  if (!urls.some(isInUse)) return 'reserve'
  return goOn
}

function mayGoLive({ required, approvedDigests }: ProjectFacts['approval'], build: BuildView | undefined): boolean {
  return !required || (typeof build?.digest === 'string' && approvedDigests.includes(build.digest))
}

export const stepIds = ['order', 'photos', 'sprite', 'build', 'address', 'live'] as const
export type StepId = (typeof stepIds)[number]

/** Which steps are done. Later ones may be done before earlier ones. */
export function stepsDone({ photos, sprites, builds, urls }: ProjectFacts): Record<StepId, boolean> {
  return {
    order: true,
    photos: photos.some(isReady) || sprites.some(isReady),
    sprite: sprites.some(isReady),
    build: builds.some(isPassed),
    address: urls.some(isInUse),
    live: urls.some(({ status, liveBuildId }) => status === 'active' && liveBuildId !== null),
  }
}
