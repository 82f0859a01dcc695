import { type DiscoveredView, type SsoProblem, ssoProblems } from '@sparkle/shared/identity-providers'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LogIn } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { http } from '../../lib/http.ts'
import { SignInRefusal } from './sign-in-refusal.tsx'

const discoverQuery = (by: { email: string } | { studio: string }) =>
  queryOptions({
    queryKey: ['sso', by],
    queryFn: () => http.post<DiscoveredView>('/auth/sso/discover', by, { refresh: false }),
    staleTime: 5 * 60_000,
    retry: false,
  })

const looksWhole = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

/** The providers of a studio, or of the domain of an address; nothing while there are none. */
export function SsoButtons({ email, studio, next }: { email: string; studio: string | null; next: string }) {
  const t = useTranslations('auth.sso')
  const whole = looksWhole.test(email)
  const byEmail = useQuery({ ...discoverQuery({ email: email.toLowerCase() }), enabled: whole })
  const byStudio = useQuery({ ...discoverQuery({ studio: studio ?? '' }), enabled: studio !== null && !whole })
  const { data } = whole ? byEmail : byStudio
  if (!data || data.providers.length === 0) return null
  return (
    <ul className="flex flex-col gap-2">
      {data.providers.map(({ id, name, studio: of, startUrl }) => (
        <li key={id}>
          <Button asChild size="large" className="w-full">
            <a href={`${startUrl}?${new URLSearchParams({ next })}`}>
              <LogIn aria-hidden="true" />
              {data.providers.length > 1 ? t('continueIn', { name, studio: of.name }) : t('continue', { name })}
            </a>
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What an address says of a sign-in that came back without success, as far as the word is one of ours. */
export function ssoProblemOf(word: string | null): SsoProblem | null {
  return ssoProblems.find((problem) => problem === word) ?? null
}

export function SsoRefusal({ problem }: { problem: SsoProblem }) {
  const t = useTranslations('auth.sso.problem')
  return <Notice tone="bad">{t(problem)}</Notice>
}

/** The code of one's app, where the provider was the first factor only. */
export function SsoCodeForm({ onDone }: { onDone: (next: string) => void }) {
  const t = useTranslations('auth.signIn')
  const client = useQueryClient()
  const [totp, setTotp] = useState('')
  const complete = useMutation({
    mutationFn: () => http.post<{ next: string }>('/auth/sso/complete', { totp }, { refresh: false }),
    onSuccess: ({ next }) => {
      client.clear()
      onDone(next)
    },
    meta: { quiet: true },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!complete.isPending && totp) complete.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {complete.error ? <SignInRefusal error={complete.error} /> : <Notice tone="info">{t('codeNeeded')}</Notice>}
      <Field label={t('code')} hint={t('codeHint')}>
        {(field) => <CodeInput {...field} value={totp} onChange={(event) => setTotp(event.target.value)} />}
      </Field>
      <Button type="submit" look="primary" size="large" pending={complete.isPending} className="mt-2">
        {t('submit')}
      </Button>
    </form>
  )
}
