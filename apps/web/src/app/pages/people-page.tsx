import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { Navigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { InviteDialog } from '../../features/client/invite-dialog.tsx'
import { PeopleList } from '../../features/client/people-list.tsx'
import { useCan, useSession } from '../../lib/session.tsx'

/** Who of a customer's household or company comes to the portal. The studio has a page of each of its clients instead. */
export function PeoplePage() {
  const { accountId } = useSession()
  return accountId === null ? <Navigate to="/clients" replace /> : <OwnPeople accountId={accountId} />
}

function OwnPeople({ accountId }: { accountId: string }) {
  const t = useTranslations('client.people')
  const mayInvite = useCan('accounts:invite', { accountId })
  const [inviting, setInviting] = useState(false)
  return (
    <div className="mx-auto max-w-180">
      <PageHeader
        title={t('title')}
        description={t('body')}
        actions={
          mayInvite && (
            <Button look="primary" size="large" icon={<UserRoundPlus />} onClick={() => setInviting(true)}>
              {t('invite')}
            </Button>
          )
        }
      />
      <PeopleList accountId={accountId} />
      <p className="mt-4 text-small text-muted">{t(mayInvite ? 'studioChanges' : 'ownerInvites')}</p>
      {inviting && <InviteDialog accountId={accountId} onClose={() => setInviting(false)} />}
    </div>
  )
}
