import { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } from '@simplewebauthn/browser'
import type { AssertionOptions } from '@sparkle/shared/passkeys'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { http } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'

async function showPasskey(asked: string, sent: string, autofill: boolean): Promise<void> {
  const optionsJSON = await http.post<AssertionOptions>(asked, undefined, { refresh: false })
  const credential = await startAuthentication({ optionsJSON, useBrowserAutofill: autofill })
  await http.post<unknown>(sent, { credential }, { refresh: false })
}

const signIn = (autofill: boolean) => showPasskey('/auth/passkey/options', '/auth/passkey', autofill)

/** Whether somebody closed the browser's question, or another one took its place: that is no fault. */
export function wasCalledOff(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
}

/** Signs in with a passkey that the browser asks for in a dialog of its own. */
export function usePasskeySignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => signIn(false),
    onSuccess: () => client.clear(),
    meta: { quiet: true },
  })
}

/** Shows a passkey in place of the second factor. */
export function usePasskeyStepUp() {
  return useMutation({
    mutationFn: () => showPasskey('/auth/step-up/passkey/options', '/auth/step-up/passkey', false),
    meta: { quiet: true },
  })
}

/** Offers passkeys among what the browser fills into the field for the e-mail, for as long as the page is open. */
export function usePasskeyAutofill(onDone: () => void) {
  const client = useQueryClient()
  const done = useEffectEvent(() => {
    client.clear()
    onDone()
  })
  useEffect(() => {
    let left = false
    async function offer(): Promise<void> {
      if (!(await browserSupportsWebAuthnAutofill()) || left) return
      try {
        await signIn(true)
        if (!left) done()
      } catch (error) {
        // A challenge lasts five minutes and the page may be open for longer: then the next one is asked for.
        if (!left && isProblem(error, 'passkey.challenge_over')) await offer()
      }
    }
    void offer()
    return () => {
      left = true
      WebAuthnAbortService.cancelCeremony()
    }
  }, [])
}
