import { createContext, useContext, type ReactNode } from 'react'

type PathOf = (versionId: string) => string

const ReviewPaths = createContext<PathOf>((versionId) => `/review/${versionId}`)

/** Where versions are looked at below it: a guest's are behind their link. */
export function ReviewPathProvider({ pathOf, children }: { pathOf: PathOf; children: ReactNode }) {
  return <ReviewPaths value={pathOf}>{children}</ReviewPaths>
}

export function useReviewPath(): PathOf {
  return useContext(ReviewPaths)
}
