import type { OwnIdentityView } from '@sparkle/shared/identity-providers'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

/** The studio's providers that sign this person in. */
export const identitiesQuery = queryOptions({
  queryKey: ['identities'],
  queryFn: ({ signal }) => http.get<{ items: OwnIdentityView[] }>('/me/identities', { signal }),
})

/** `onUnlinked` is told although the row that asked is gone by then. */
export function useUnlink(onUnlinked: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ providerId }: OwnIdentityView) => http.delete(`/me/identities/${providerId}`),
    onSuccess: onUnlinked,
    // Sessions that it had opened have ended with it.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
        client.invalidateQueries({ queryKey: ['sessions'] }),
      ]),
  })
}
