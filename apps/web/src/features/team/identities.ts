import type { linkedIdentityView } from '@sparkle/shared/identity-providers'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'
import { userQueries } from './api.ts'

export type MemberIdentity = z.infer<typeof linkedIdentityView>

export const identitiesQuery = (userId: string) =>
  queryOptions({
    queryKey: [...userQueries.all, 'identities', userId],
    queryFn: ({ signal }) => http.get<{ items: MemberIdentity[] }>(`/users/${userId}/identities`, { signal }),
  })

/** `onUnlinked` is told although the row that asked is gone by then. */
export function useUnlinkMember(userId: string, onUnlinked: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (providerId: string) => http.delete(`/users/${userId}/identities/${providerId}`),
    onSuccess: onUnlinked,
    onSettled: () => client.invalidateQueries({ queryKey: identitiesQuery(userId).queryKey }),
  })
}
