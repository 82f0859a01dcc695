import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useConfirmEmail } from '../../features/auth/api.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useLinkToken } from '../use-link-token.ts'

/** Asks before it confirms: programs that look at mails open every link in them, and must not answer for a person. */
export function ConfirmEmailPage() {
  const t = useTranslations('auth.confirm')
  const textOf = useProblemText()
  const confirm = useConfirmEmail(useLinkToken())
  const home = (
    <Button asChild look="primary">
      <Link to="/">{t('home')}</Link>
    </Button>
  )
  if (confirm.isSuccess)
    return (
      <EmptyState
        heading="h1"
        scene="spark"
        title={t('done')}
        body={t('doneBody', { email: confirm.data.email })}
        action={home}
      />
    )
  if (isProblem(confirm.error, 'confirmation.expired'))
    return <EmptyState heading="h1" scene="door" title={t('expired')} body={t('expiredBody')} action={home} />
  if (isProblem(confirm.error, 'email.taken'))
    return <EmptyState heading="h1" scene="door" title={t('taken')} body={t('takenBody')} action={home} />
  if (isProblem(confirm.error) && (confirm.error.status === 404 || confirm.error.status === 422))
    return <EmptyState heading="h1" scene="door" title={t('broken')} body={t('brokenBody')} action={home} />
  return (
    <EmptyState
      heading="h1"
      scene={confirm.isError ? 'storm' : 'flag'}
      title={t('title')}
      body={confirm.isError ? textOf(confirm.error) : t('body')}
      action={
        <Button look="primary" size="large" pending={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('submit')}
        </Button>
      }
    />
  )
}
