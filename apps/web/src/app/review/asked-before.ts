import type { VersionView } from '@sparkle/shared/reviews'

/** What was asked for, point by point, the last time before this version. `siblings` are the versions of the same thing. */
export function askedBefore(version: VersionView, siblings: readonly VersionView[]): string[] {
  const before = siblings.find(({ number, status }) => number < version.number && status === 'changes_requested')
  return before?.decisions.flatMap(({ checklist }) => checklist) ?? []
}
