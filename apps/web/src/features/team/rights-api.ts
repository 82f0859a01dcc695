import type {
  CreateCustomRoleInput,
  CreateGrantInput,
  CustomRoleView,
  Explanation,
  GrantView,
  PermissionMatrix,
  UpdateCustomRoleInput,
} from '@sparkle/shared/roles'
import type { Permission } from '@sparkle/shared/permissions'
import type { ProjectView } from '@sparkle/shared/projects'
import type { UserView } from '@sparkle/shared/users'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

/** What events of people make old is below `users`; what events of the studio make old, below `roles`. */
export const rightsQueries = {
  matrix: queryOptions({
    queryKey: ['roles', 'matrix'],
    queryFn: ({ signal }) => http.get<PermissionMatrix>('/permissions', { signal }),
  }),
  roles: queryOptions({
    queryKey: ['roles', 'list'],
    queryFn: ({ signal }) => http.get<{ items: CustomRoleView[] }>('/roles', { signal }),
  }),
  person: (id: string) =>
    queryOptions({
      queryKey: ['users', 'detail', id],
      queryFn: ({ signal }) => http.get<UserView>(`/users/${id}`, { signal }),
    }),
  grants: (userId: string) =>
    queryOptions({
      queryKey: ['users', 'grants', userId],
      queryFn: ({ signal }) => http.get<{ items: GrantView[] }>(`/users/${userId}/grants`, { signal }),
    }),
  why: (userId: string, permission: Permission, projectId: string | undefined) =>
    queryOptions({
      queryKey: ['users', 'why', userId, permission, projectId],
      queryFn: ({ signal }) =>
        http.get<Explanation>('/permissions/explain', { query: { userId, permission, projectId }, signal }),
    }),
  projects: (q: string) =>
    queryOptions({
      queryKey: ['projects', 'picker', q],
      queryFn: ({ signal }) =>
        http.get<{ items: ProjectView[] }>('/projects', { query: { q, limit: 6, archived: 'any' }, signal }),
    }),
}

export type RoleDraft = Omit<CreateCustomRoleInput, 'permissions'> & { permissions: Permission[] }

/** A new role, or changes to one that nobody has changed meanwhile. */
export function useSaveRole(role: CustomRoleView | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ baseRole, ...draft }: RoleDraft) =>
      role
        ? http.patch<CustomRoleView>(`/roles/${role.id}`, draft satisfies UpdateCustomRoleInput, {
            ifMatch: role.version,
          })
        : http.post<CustomRoleView>('/roles', { ...draft, baseRole } satisfies CreateCustomRoleInput),
    onSuccess: () => client.invalidateQueries({ queryKey: ['roles'] }),
    meta: { quiet: true },
  })
}

export function useDeleteRole() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: CustomRoleView) => http.delete(`/roles/${id}`, { ifMatch: version }),
    onSettled: () => client.invalidateQueries({ queryKey: ['roles'] }),
  })
}

export function useAddGrant(userId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: CreateGrantInput) => http.post<GrantView>(`/users/${userId}/grants`, input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
    meta: { quiet: true },
  })
}

export function useRemoveGrant(userId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => http.delete(`/users/${userId}/grants/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  })
}
