import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { resetQuery } from '../../features/auth/api.ts'
import { ResetPasswordForm } from '../../features/auth/reset-password-form.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useLinkToken } from '../use-link-token.ts'

export function ResetPasswordPage() {
  const t = useTranslations('auth.reset')
  const token = useLinkToken()
  const reset = useQuery(resetQuery(token))
  const [done, setDone] = useState(false)

  if (done) return <Outcome scene="spark" title={t('done')} body={t('doneBody')} to="/sign-in" action={t('toSignIn')} />
  if (reset.isPending) return <SkeletonList rows={3} />
  if (isProblem(reset.error, 'reset.expired'))
    return (
      <Outcome scene="door" title={t('expired')} body={t('expiredBody')} to="/forgot-password" action={t('again')} />
    )
  if (isProblem(reset.error, 'reset.used'))
    return <Outcome scene="door" title={t('used')} body={t('usedBody')} to="/forgot-password" action={t('again')} />
  if (isProblem(reset.error) && (reset.error.status === 404 || reset.error.status === 422))
    return <Outcome scene="door" title={t('broken')} body={t('brokenBody')} to="/forgot-password" action={t('again')} />
  if (reset.isError) return <ErrorState error={reset.error} onRetry={() => void reset.refetch()} />
  const { email } = reset.data
  return (
    <div className="mx-auto max-w-100">
      <PageHeader title={t('title')} />
      <p className="-mt-3 mb-6 text-muted">{t('body', { email })}</p>
      <ResetPasswordForm token={token} email={email} onDone={() => setDone(true)} />
    </div>
  )
}

interface OutcomeProps {
  scene: 'spark' | 'door'
  title: string
  body: string
  to: string
  action: string
}

function Outcome({ scene, title, body, to, action }: OutcomeProps) {
  return (
    <EmptyState
      heading="h1"
      scene={scene}
      title={title}
      body={body}
      action={
        <Button asChild look="primary">
          <Link to={to}>{action}</Link>
        </Button>
      }
    />
  )
}
