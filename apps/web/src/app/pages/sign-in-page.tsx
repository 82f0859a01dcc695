import { useNavigate, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Wordmark } from '../../components/logo.tsx'
import { PixelScene } from '../../components/pixel-scene.tsx'
import { SignInForm } from '../../features/auth/sign-in-form.tsx'
import { SsoCodeForm, ssoProblemOf, SsoRefusal } from '../../features/auth/sso.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { placeAfterSignIn } from '../sign-in-path.ts'

export function SignInPage() {
  const t = useTranslations('auth.signIn')
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const next = placeAfterSignIn(search)
  const problem = ssoProblemOf(search.get('sso'))
  useDocumentTitle(t('title'))
  return (
    <div className="grid min-h-dvh lg:grid-cols-[5fr_6fr]">
      <main className="flex flex-col px-5 py-5 sm:px-10">
        <Wordmark />
        <div className="mx-auto flex w-full max-w-90 grow flex-col justify-center py-10">
          <PixelScene name="spark" className="mb-6 h-auto w-48 lg:hidden" />
          <h1 className="text-display font-strong tracking-tight">{t('title')}</h1>
          <p className="mt-1 mb-6 text-muted">{t('welcome')}</p>
          {problem && (
            <div className="mb-4">
              <SsoRefusal problem={problem} />
            </div>
          )}
          {search.get('sso') === 'code' ? (
            <SsoCodeForm onDone={(place) => void navigate(place, { replace: true })} />
          ) : (
            <SignInForm
              studio={search.get('studio')}
              next={next}
              onDone={() => void navigate(next, { replace: true })}
            />
          )}
        </div>
      </main>
      <aside className="hidden flex-col items-center justify-center border-l border-line bg-accent-soft p-10 lg:flex">
        <PixelScene name="hearts" scale={10} className="h-auto max-w-full" />
        <p className="mt-10 max-w-100 text-center text-large font-strong">{t('pitch')}</p>
        <p className="mt-1 max-w-100 text-center text-balance text-muted">{t('pitchBody')}</p>
      </aside>
    </div>
  )
}
