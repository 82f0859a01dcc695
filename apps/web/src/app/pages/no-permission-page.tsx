import type { Permission } from '@sparkle/shared/permissions'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useRoleName } from '../../features/team/use-role-name.ts'
import { Steps } from '../../features/team/why.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { useSession } from '../../lib/session.tsx'

/** What somebody sees who may not go on, with the reasons for whoever wants them. */
export function NoPermissionPage({ permission }: { permission: Permission }) {
  const t = useTranslations('web.forbidden')
  const why = useTranslations('permissions.why')
  const { user, role, customRole } = useSession()
  const roleName = useRoleName()
  useDocumentTitle(t('title'))
  return (
    <>
      <EmptyState
        heading="h1"
        scene="door"
        title={t('title')}
        body={t('body')}
        action={
          <Button asChild>
            <Link to="/">{t('home')}</Link>
          </Button>
        }
      />
      {role && (
        <details className="mx-auto max-w-120">
          <summary className="mx-auto mb-2 w-fit cursor-pointer rounded-box py-2 text-muted select-none pointer-coarse:py-3 hover:text-ink">
            {why('ownTitle')}
          </summary>
          <Steps person={{ ...user, role }} roleName={roleName({ role, customRole })} permission={permission} />
        </details>
      )}
    </>
  )
}
