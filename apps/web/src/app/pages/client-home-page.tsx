import { ShoppingBag } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ClientNews } from '../../features/activity/client-news.tsx'
import { OwnGames } from '../../features/client/own-games.tsx'
import { UnreadCards } from '../../features/messages/unread-cards.tsx'
import { WaitingForYou } from '../../features/reviews/waiting-for-you.tsx'
import { useSession } from '../../lib/session.tsx'

/** What a customer with an account comes to: their games, and what has happened with them. */
export function ClientHomePage() {
  const t = useTranslations('client')
  const { user, organization } = useSession()
  const orderAction = organization && (
    <Button icon={<ShoppingBag />} asChild>
      <Link to={`/order/${organization.slug}`}>{t('orderAnother')}</Link>
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('hello', { name: user.displayName })}
        actions={orderAction && <div className="hidden sm:block">{orderAction}</div>}
      />
      <WaitingForYou />
      <UnreadCards />
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div>
          <OwnGames orderAction={orderAction} />
          {/* On a phone what waits comes first, and this last. */}
          <div className="mt-4 sm:hidden">{orderAction}</div>
        </div>
        <Card title={t('news')}>
          <ClientNews />
        </Card>
      </div>
    </>
  )
}
