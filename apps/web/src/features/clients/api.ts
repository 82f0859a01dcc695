import type {
  AccountDetail,
  AccountKind,
  AccountMember,
  AccountView,
  AddContactInput,
  ContactView,
  CreateAccountInput,
  InviteMemberInput,
  MergeResult,
  UpdateAccountInput,
} from '@sparkle/shared/accounts'
import type {
  ErasureInput,
  ErasureScope,
  ErasureView,
  ExportView,
  GameChoice,
  PersonSubject,
} from '@sparkle/shared/people'
import type { CreateProfileInput, PetProfile, ProfileView, UpdateProfileInput } from '@sparkle/shared/profiles'
import type { ProjectList } from '@sparkle/shared/projects'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface AccountPage {
  items: AccountView[]
  nextCursor: string | null
  total?: number
}

export const clientQueries = {
  all: ['clients'] as const,
  /** `q` is part of a name, or one exact e-mail. */
  list: (filter: { q: string; kind: AccountKind | undefined; sort: string }) =>
    infiniteQueryOptions({
      queryKey: [...clientQueries.all, 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        http.get<AccountPage>('/accounts', {
          query: { ...filter, limit: 50, include: 'total', cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...clientQueries.all, 'detail', id],
      queryFn: ({ signal }) => http.get<AccountDetail>(`/accounts/${id}`, { signal }),
    }),
  members: (id: string) =>
    queryOptions({
      queryKey: [...clientQueries.all, 'members', id],
      queryFn: ({ signal }) => http.get<{ items: AccountMember[] }>(`/accounts/${id}/members`, { signal }),
    }),
  projects: (id: string) =>
    queryOptions({
      queryKey: [...clientQueries.all, 'projects', id],
      queryFn: ({ signal }) =>
        http.get<ProjectList>('/projects', { query: { accountId: id, archived: 'any', limit: 100 }, signal }),
    }),
  pets: (id: string) =>
    queryOptions({
      queryKey: [...clientQueries.all, 'pets', id],
      queryFn: ({ signal }) =>
        http.get<{ items: ProfileView[] }>('/profiles', { query: { accountId: id, kind: 'pet', limit: 100 }, signal }),
    }),
  /** The profile of a project's pet: none or one. */
  petOf: (projectId: string) =>
    queryOptions({
      queryKey: [...clientQueries.all, 'pet-of', projectId],
      queryFn: async ({ signal }) => {
        const { items } = await http.get<{ items: ProfileView[] }>('/profiles', {
          query: { projectId, kind: 'pet', limit: 1 },
          signal,
        })
        return items.find((one) => one.kind === 'pet') ?? null
      },
    }),
  erasure: (subject: PersonSubject, games: GameChoice) =>
    queryOptions({
      queryKey: [...clientQueries.all, 'erasure', subject, games],
      queryFn: ({ signal }) => http.post<ErasureScope>('/people/erasures/preview', { subject, games }, { signal }),
      // What would go is asked for anew each time: it is what somebody decides on.
      gcTime: 0,
    }),
}

/** A change to clients, after which everything about them is asked for again. */
function useChange<I, R>(mutationFn: (input: I) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: clientQueries.all }),
    meta: { quiet: true },
  })
}

export const useAddClient = () => useChange((input: CreateAccountInput) => http.post<AccountView>('/accounts', input))
export const useChangeClient = ({ id, version }: Pick<AccountView, 'id' | 'version'>) =>
  useChange((input: UpdateAccountInput) => http.patch<AccountView>(`/accounts/${id}`, input, { ifMatch: version }))
export const useDeleteClient = ({ id, version }: Pick<AccountView, 'id' | 'version'>) =>
  useChange(() => http.delete(`/accounts/${id}`, { ifMatch: version }))
export const useSaveContact = (accountId: string) =>
  useChange(({ known, ...input }: AddContactInput & { known: ContactView | null }) =>
    known
      ? http.patch<ContactView>(`/accounts/${accountId}/contacts/${known.id}`, input, { ifMatch: known.version })
      : http.post<ContactView>(`/accounts/${accountId}/contacts`, input),
  )
export const useRemoveContact = (accountId: string) =>
  useChange(({ id, version }: ContactView) =>
    http.delete(`/accounts/${accountId}/contacts/${id}`, { ifMatch: version }),
  )
export const useInviteMember = (accountId: string) =>
  useChange((input: InviteMemberInput) => http.post<AccountMember>(`/accounts/${accountId}/invitations`, input))
export const useRemoveMember = (accountId: string) =>
  useChange(({ id, version }: AccountMember) =>
    http.delete(`/accounts/${accountId}/members/${id}`, { ifMatch: version }),
  )
export const useSetMemberRole = (accountId: string) =>
  useChange(({ id, version, role }: Pick<AccountMember, 'id' | 'version' | 'role'>) =>
    http.patch<AccountMember>(`/accounts/${accountId}/members/${id}`, { role }, { ifMatch: version }),
  )
export const useAddPet = () => useChange((input: CreateProfileInput) => http.post<ProfileView>('/profiles', input))
export const useChangePet = ({ id, version }: Pick<PetProfile, 'id' | 'version'>) =>
  useChange((input: UpdateProfileInput) => http.patch<ProfileView>(`/profiles/${id}`, input, { ifMatch: version }))
export const useMergeClient = (accountId: string) =>
  useChange((into: string) => http.post<MergeResult>(`/accounts/${accountId}/merge`, { into }))
export const useExportPerson = () =>
  useChange((subject: PersonSubject) => http.post<ExportView>('/people/exports', { subject }))
export const useErasePerson = () =>
  useChange((input: ErasureInput) => http.post<ErasureView>('/people/erasures', input))
