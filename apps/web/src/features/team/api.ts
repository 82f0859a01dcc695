import type { StudioRole } from '@sparkle/shared/permissions'
import type { InviteUserInput, UserView } from '@sparkle/shared/users'
import { infiniteQueryOptions, useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface UserPage {
  items: UserView[]
  nextCursor: string | null
}

export const userQueries = {
  all: ['users'] as const,
  /** Everybody of the studio, customers and open invitations among them; `q` is a name, or one exact e-mail. */
  list: (q: string) =>
    infiniteQueryOptions({
      queryKey: [...userQueries.all, 'list', q],
      queryFn: ({ pageParam, signal }) =>
        http.get<UserPage>('/users', { query: { q, limit: 100, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
}

export function useInviteUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: InviteUserInput) => http.post<UserView>('/users', input),
    onSuccess: () => client.invalidateQueries({ queryKey: userQueries.all }),
    meta: { quiet: true },
  })
}

/** Another role: at once in the table, taken back if the API refuses. */
export function useSetRole() {
  const client = useQueryClient()
  const inLists = { queryKey: [...userQueries.all, 'list'] }
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: StudioRole }) => http.post<UserView>(`/users/${id}/role`, { role }),
    onMutate: async ({ id, role }) => {
      await client.cancelQueries({ queryKey: userQueries.all })
      const before = client.getQueriesData<InfiniteData<UserPage>>(inLists)
      client.setQueriesData<InfiniteData<UserPage>>(inLists, (list) => list && withRole(list, id, role))
      return { before }
    },
    onError: (_error, _change, context) => {
      for (const [key, list] of context?.before ?? []) client.setQueryData(key, list)
    },
    onSettled: () => client.invalidateQueries({ queryKey: userQueries.all }),
    meta: { quiet: true },
  })
}

/** The steps that follow a question or cannot be half done: the table changes when the API has said yes. */
export function useMemberStep(step: 'deactivate' | 'reactivate' | 'resend-invite') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => http.post<UserView>(`/users/${id}/${step}`),
    onSettled: () => client.invalidateQueries({ queryKey: userQueries.all }),
    meta: { quiet: true },
  })
}

export function useRevokeInvitation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => http.delete(`/users/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: userQueries.all }),
  })
}

function withRole(list: InfiniteData<UserPage>, id: string, role: StudioRole): InfiniteData<UserPage> {
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === id ? { ...item, role } : item)),
  }))
  return { ...list, pages }
}
