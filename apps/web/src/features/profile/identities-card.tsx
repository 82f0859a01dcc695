import type { OwnIdentityView } from '@sparkle/shared/identity-providers'
import { useQuery } from '@tanstack/react-query'
import { LogIn } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { identitiesQuery, useUnlink } from './identities.ts'

/**
 * The studio's own providers that sign this person in, each with an end to it. Most people have none: then nothing is
 * shown, nor while it is asked for, as the card is the last of its page.
 */
export function IdentitiesCard() {
  const t = useTranslations('profile.links')
  const { organization } = useSession()
  const links = useQuery(identitiesQuery)
  if (links.isLoadingError) return <ErrorState error={links.error} onRetry={() => void links.refetch()} />
  if (!links.data || links.data.items.length === 0) return null
  return (
    <Card title={t('title')}>
      <p className="text-muted">{t('body', { studio: organization?.name ?? '' })}</p>
      <ul aria-label={t('title')} className="mt-3 divide-y divide-line border-t border-line">
        {links.data.items.map((link) => (
          <Link key={link.providerId} link={link} />
        ))}
      </ul>
    </Card>
  )
}

function Link({ link }: { link: OwnIdentityView }) {
  const t = useTranslations('profile.links')
  const { date } = useFormats()
  const { viaProvider } = useSession()
  const confirm = useConfirm()
  const { provider: name, linkedAt, lastUsedAt } = link
  const unlink = useUnlink(() => notify(t('unlinked', { name })))
  const stays = link.onlyWayIn ? t('onlyWayIn') : viaProvider ? t('cameIn') : null
  const askToUnlink = async () => {
    const sure = await confirm({
      title: t('unlinkTitle', { name }),
      body: t('unlinkBody', { name }),
      confirmLabel: t('unlink'),
      danger: true,
    })
    if (sure) unlink.mutate(link)
  }
  return (
    <li className="flex items-start gap-3 py-2.5 last:pb-0">
      <LogIn aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="font-strong wrap-anywhere">{name}</p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          <span>{t('since', { date: date(linkedAt) })}</span>
          {lastUsedAt && (
            <span>
              {t('used')} <RelativeTime at={lastUsedAt} />
            </span>
          )}
        </p>
        {stays && <p className="mt-1 text-small">{stays}</p>}
      </div>
      {!stays && (
        <Button
          size="small"
          aria-label={t('unlinkNamed', { name })}
          pending={unlink.isPending}
          onClick={() => void askToUnlink()}
        >
          {t('unlink')}
        </Button>
      )}
    </li>
  )
}
