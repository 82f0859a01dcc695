import { uploadAction, type Sample } from './load-work.ts'

export function withoutUploads(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ action }) => action !== uploadAction)
}

/** The time that `share` of the samples stay below, in milliseconds. */
export function percentile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}
