import { startRegistration } from '@simplewebauthn/browser'
import type { AttestationOptions, PasskeyView } from '@sparkle/shared/passkeys'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: ({ signal }) => http.get<{ items: PasskeyView[] }>('/me/passkeys', { signal }),
})

function usePasskeyChange<I, O>(change: (input: I) => Promise<O>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: passkeysQuery.queryKey }),
    meta: { quiet },
  })
}

export const useAddPasskey = () =>
  usePasskeyChange(async (name: string) => {
    const optionsJSON = await http.post<AttestationOptions>('/me/passkeys/options')
    const credential = await startRegistration({ optionsJSON })
    return http.post<PasskeyView>('/me/passkeys', { name, credential })
  }, true)

export const useRenamePasskey = () =>
  usePasskeyChange(
    ({ id, version, name }: Pick<PasskeyView, 'id' | 'version' | 'name'>) =>
      http.patch<PasskeyView>(`/me/passkeys/${id}`, { name }, { ifMatch: version }),
    true,
  )

export const useRemovePasskey = () =>
  usePasskeyChange(({ id, version }: PasskeyView) => http.delete(`/me/passkeys/${id}`, { ifMatch: version }), false)

/** Why the browser made none; null where somebody has only closed its question. */
export function creationFault(error: unknown): 'known' | 'unsupported' | 'other' | null {
  if (!(error instanceof Error) || error.name === 'NotAllowedError' || error.name === 'AbortError') return null
  if (error.name === 'InvalidStateError') return 'known'
  return error.name === 'NotSupportedError' || error.name === 'ConstraintError' ? 'unsupported' : 'other'
}
