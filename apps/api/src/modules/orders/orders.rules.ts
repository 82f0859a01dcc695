import type { PackageType } from '@sparkle/shared/games'
import type { ProjectStatus } from '@sparkle/shared/projects'
import { maxOrderPhotos, maxSentPhotos, type TrackingView } from '@sparkle/shared/orders'

/** What a package costs and how many days after the order its game is promised. */
export const packages: Record<PackageType, { price: { amountMinor: number; currency: string }; days: number }> = {
  express: { price: { amountMinor: 4900, currency: 'EUR' }, days: 3 },
  custom: { price: { amountMinor: 12_900, currency: 'EUR' }, days: 10 },
  premium: { price: { amountMinor: 29_900, currency: 'EUR' }, days: 21 },
}

/** The consent text that customers accept now; a new text gets a new version, and orders keep the one they accepted. */
export const consentVersion = '2026-11-01'

/** The day the package's game is promised for, as a date of the calendar in UTC. */
export function deadlineOf(packageType: PackageType, orderedAt: Date): string {
  return new Date(orderedAt.getTime() + packages[packageType].days * 86_400_000).toISOString().slice(0, 10)
}

/** `7` as `SC0007`. No hyphen: full-text search would take what follows one for a negative number. */
export function orderNumber(taken: number): string {
  return `SC${String(taken).padStart(4, '0')}`
}

/** Whether there is work ahead that one more photo could help. */
export function takesPhotos(status: ProjectStatus): boolean {
  return status !== 'complete' && status !== 'cancelled'
}

export interface PhotoCount {
  sent: number
  /** Those of them that could not be used. */
  rejected: number
}

/** How many more photos a customer may add to their order. One that could not be used may be made up for. */
export function photosLeft(status: ProjectStatus, { sent, rejected }: PhotoCount): number {
  if (!takesPhotos(status)) return 0
  return Math.max(0, Math.min(maxOrderPhotos - (sent - rejected), maxSentPhotos - sent))
}

/** When each part of the work was done; null where it is not. */
export interface Progress {
  status: ProjectStatus
  receivedAt: string
  drawnAt: string | null
  builtAt: string | null
  liveAt: string | null
}

/**
 * The four steps a customer sees. Everything up to the last finished one is done (a studio may build without drawing);
 * the next one is under way as soon as somebody works on the project.
 */
export function stepsOf(progress: Progress): TrackingView['steps'] {
  const moments = [
    ['received', progress.receivedAt],
    ['drawing', progress.drawnAt],
    ['building', progress.builtAt],
    ['live', progress.liveAt],
  ] as const
  const lastDone = moments.findLastIndex(([, at]) => at !== null)
  const working = progress.status === 'in_progress' || progress.status === 'review' || progress.status === 'complete'
  return moments.map(([key, at], i) => ({
    key,
    at,
    state: i <= lastDone ? 'done' : i === lastDone + 1 && working ? 'current' : 'waiting',
  }))
}
