import type { GuestSessionView, OpenReviewInput, ReviewLinkView } from '@sparkle/shared/guest-links'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

export const reviewLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['review-link', token],
    queryFn: ({ signal }) => http.get<ReviewLinkView>(`/public/reviews/${encodeURIComponent(token)}`, { signal }),
    staleTime: Infinity,
  })

export function useOpenReview(token: string) {
  return useMutation({
    mutationFn: (input: OpenReviewInput) =>
      http.post<GuestSessionView>(`/public/reviews/${encodeURIComponent(token)}`, input, { refresh: false }),
    meta: { quiet: true },
  })
}
