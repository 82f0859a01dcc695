import { useTranslations } from 'use-intl'
import { Notice } from '../../components/notice.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'

/** Why a sign-in did not work, in words for whoever tried. */
export function SignInRefusal({ error }: { error: Error }) {
  const t = useTranslations('auth.signIn')
  const textOf = useProblemText()
  if (!isProblem(error)) return <Notice tone="bad">{textOf(error)}</Notice>
  if (error.code === 'auth.totp_required') return <Notice tone="info">{t('codeNeeded')}</Notice>
  if (error.code === 'auth.totp_wrong') return <Notice tone="bad">{t('codeWrong')}</Notice>
  if (error.status === 401) return <Notice tone="bad">{t('refused')}</Notice>
  if (error.status === 429)
    return <Notice tone="bad">{t('tooMany', { minutes: Math.ceil((error.retryAfterSeconds ?? 60) / 60) })}</Notice>
  return <Notice tone="bad">{textOf(error)}</Notice>
}
