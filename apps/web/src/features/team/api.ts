import { accountRoles, studioRoles, type Role, type StudioRole } from '@sparkle/shared/permissions'
import type { InviteUserInput, UserView } from '@sparkle/shared/users'
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { changeItems } from '../../lib/change-items.ts'
import { http } from '../../lib/http.ts'

interface UserPage {
  items: UserView[]
  nextCursor: string | null
}

export type Who = 'team' | 'customers' | 'admins'
const rolesOf: Record<Who, readonly Role[]> = { team: studioRoles, customers: accountRoles, admins: ['admin'] }

export const userQueries = {
  all: ['users'] as const,
  lists: ['users', 'list'] as const,
  /** The studio's own people or its customers, open invitations among them; `q` is a name, or one exact e-mail. */
  list: (who: Who, q: string) =>
    infiniteQueryOptions({
      queryKey: [...userQueries.lists, who, q],
      queryFn: ({ pageParam, signal }) =>
        http.get<UserPage>('/users', { query: { role: rolesOf[who], q, limit: 100, cursor: pageParam }, signal }),
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

/** A role as a member has it: a built-in one, or one of the studio and what it is based on. */
export type ChosenRole = Pick<UserView, 'customRole'> & { role: StudioRole }
interface RoleChange {
  member: UserView
  choice: ChosenRole
  undoable: boolean
}

/** Another role: at once in the table, taken back if the API refuses. */
export function useSetRole(effects: Effects<RoleChange>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ member, choice: { role, customRole } }: RoleChange) =>
      http.post<UserView>(`/users/${member.id}/role`, customRole ? { roleId: customRole.id } : { role }),
    onMutate: async ({ member, choice }) => ({
      undo: await changeItems<UserView>(client, userQueries.lists, ({ id }) => id === member.id, choice),
    }),
    onSuccess: (_saved, change) => effects.onSuccess(change),
    onError: (error, _change, shown) => {
      shown?.undo()
      effects.onError(error)
    },
    onSettled: () => client.invalidateQueries({ queryKey: userQueries.all }),
    meta: { quiet: true },
  })
}

/** What follows a change even where the row that asked for it is gone by then: the list is asked for again first. */
interface Effects<T> {
  onSuccess: (input: T) => void
  onError: (error: unknown) => void
}

/** The steps that follow a question or cannot be half done: the table changes when the API has said yes. */
export function useMemberStep(
  step: 'deactivate' | 'reactivate' | 'resend-invite' | 'second-factor/reset',
  effects: Effects<UserView>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: UserView) => http.post<UserView>(`/users/${id}/${step}`),
    onSuccess: (_saved, member) => effects.onSuccess(member),
    onError: effects.onError,
    onSettled: () => client.invalidateQueries({ queryKey: userQueries.all }),
    meta: { quiet: true },
  })
}

export function useRevokeInvitation(effects: Effects<UserView>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: UserView) => http.delete(`/users/${id}`),
    onSuccess: (_nothing, member) => effects.onSuccess(member),
    onError: effects.onError,
    onSettled: () => client.invalidateQueries({ queryKey: userQueries.all }),
    meta: { quiet: true },
  })
}
