import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useSignOut } from '../../features/auth/api.ts'
import { useDocumentTitle } from '../../lib/document-title.ts'

/** For somebody who is signed in but works for no studio, such as the platform's operator. */
export function NoStudioPage() {
  const t = useTranslations('web')
  const navigate = useNavigate()
  const signOut = useSignOut(() => void navigate('/sign-in'))
  useDocumentTitle(t('noStudio.title'))
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        heading="h1"
        scene="door"
        title={t('noStudio.title')}
        body={t('noStudio.body')}
        action={
          <Button pending={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('top.signOut')}
          </Button>
        }
      />
    </main>
  )
}
