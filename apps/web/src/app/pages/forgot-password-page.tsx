import { useState } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ForgotPasswordForm } from '../../features/auth/forgot-password-form.tsx'

export function ForgotPasswordPage() {
  const t = useTranslations('auth.forgot')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const back = (
    <Button asChild look="quiet">
      <Link to="/sign-in">{t('toSignIn')}</Link>
    </Button>
  )
  if (sentTo !== null)
    return (
      <EmptyState heading="h1" scene="flag" title={t('sent')} body={t('sentBody', { email: sentTo })} action={back} />
    )
  return (
    <div className="mx-auto max-w-100">
      <PageHeader title={t('title')} />
      <p className="-mt-3 mb-6 text-muted">{t('body')}</p>
      <ForgotPasswordForm onSent={setSentTo} />
      <div className="mt-4 flex justify-center">{back}</div>
    </div>
  )
}
