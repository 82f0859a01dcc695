import type { AccountMember, InviteMemberInput } from '@sparkle/shared/accounts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

const lookedAtMs = 20_000

/**
 * Who signs in for an account, and who is invited to. Under the key of the studio's clients, so events keep it fresh;
 * customers are not told of events that are about people, so it is asked for again while somebody looks.
 */
export const peopleQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['clients', 'members', accountId],
    queryFn: ({ signal }) => http.get<{ items: AccountMember[] }>(`/accounts/${accountId}/members`, { signal }),
    refetchInterval: lookedAtMs,
  })

type Invitation = Pick<AccountMember, 'id' | 'version'>

function usePeopleChange<I, R>(accountId: string, mutationFn: (input: I) => Promise<R>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    // Refused, too: somebody may have come in or been withdrawn meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: peopleQuery(accountId).queryKey }),
    meta: { quiet },
  })
}

export const useInvitePerson = (accountId: string) =>
  usePeopleChange(
    accountId,
    (input: InviteMemberInput) => http.post<AccountMember>(`/accounts/${accountId}/invitations`, input),
    true,
  )
export const useResendInvitation = (accountId: string) =>
  usePeopleChange(
    accountId,
    ({ id, version }: Invitation) =>
      http.post<AccountMember>(`/accounts/${accountId}/invitations/${id}/resend`, undefined, { ifMatch: version }),
    false,
  )
export const useRevokeInvitation = (accountId: string) =>
  usePeopleChange(
    accountId,
    ({ id, version }: Invitation) => http.delete(`/accounts/${accountId}/invitations/${id}`, { ifMatch: version }),
    false,
  )
