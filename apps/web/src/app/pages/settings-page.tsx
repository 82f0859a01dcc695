import { useNavigate, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Tabs, type Tab } from '../../components/tabs.tsx'
import { KeySettings } from '../../features/api-keys/key-settings.tsx'
import { DomainSettings } from '../../features/domains/domain-settings.tsx'
import { NotificationSettings } from '../../features/notifications/notification-settings.tsx'
import { StudioFace } from '../../features/orders/studio-face.tsx'
import { OwnSignInSettings } from '../../features/own-sign-in/own-sign-in-settings.tsx'
import { Appearance } from '../../features/profile/appearance.tsx'
import { EmailCard } from '../../features/profile/email-card.tsx'
import { PasskeysCard } from '../../features/profile/passkeys-card.tsx'
import { PasswordCard } from '../../features/profile/password-card.tsx'
import { ProfileForm } from '../../features/profile/profile-form.tsx'
import { SecondFactorCard } from '../../features/profile/second-factor-card.tsx'
import { SessionList } from '../../features/profile/session-list.tsx'
import { HealthSummary } from '../../features/studio/health-summary.tsx'
import { StudioSettings } from '../../features/studio/studio-settings.tsx'
import { useCan, useSession } from '../../lib/session.tsx'

type TabName =
  | 'studio'
  | 'games'
  | 'sign-in'
  | 'profile'
  | 'notifications'
  | 'security'
  | 'sessions'
  | 'api-keys'
  | 'appearance'
  | 'about'

/** `/settings/{tab}`: the studio's tabs for those who may see them, one's own for everybody. */
export function SettingsPage() {
  const t = useTranslations('settings')
  const nav = useTranslations('web.nav')
  const navigate = useNavigate()
  const { tab } = useParams()
  const { user, role } = useSession()
  const seesStudio = useCan('studio:read')
  const runsStudio = useCan('studio:update')
  const hasKeys = useCan('api-keys:own')
  const contents: [TabName, boolean, React.ReactNode][] = [
    ['studio', seesStudio, <StudioSettings key="studio" drawFace={(look) => <StudioFace studio={look} as="p" />} />],
    ['games', seesStudio, <DomainSettings key="games" />],
    ['sign-in', runsStudio, <OwnSignInSettings key="sign-in" />],
    ['profile', true, <ProfileForm key={user.id} profile={user} />],
    ['notifications', role !== null, role && <NotificationSettings key="notifications" role={role} />],
    ['security', true, <Security key="security" />],
    ['sessions', true, <SessionList key="sessions" />],
    ['api-keys', hasKeys, <KeySettings key="api-keys" />],
    ['appearance', true, <Appearance key="appearance" />],
    ['about', runsStudio, <HealthSummary key="about" />],
  ]
  const tabs: Tab<TabName>[] = contents
    .filter(([, allowed]) => allowed)
    .map(([value, , content]) => ({ value, label: t(`tab.${value}`), content }))
  const open = tabs.find(({ value }) => value === tab)?.value ?? tabs[0]?.value ?? 'profile'
  return (
    <div className="mx-auto max-w-180">
      <PageHeader title={nav('settings')} />
      <Tabs
        label={t('tabs')}
        tabs={tabs}
        value={open}
        onValueChange={(value) => void navigate(`/settings/${value}`, { preventScrollReset: true })}
      />
    </div>
  )
}

function Security() {
  const t = useTranslations('profile.signIn')
  const { user, viaProvider } = useSession()
  // The API refuses all of this to such a session: what a studio says of somebody changes nothing in their other ones.
  if (viaProvider) return <Notice tone="info">{t('viaProvider')}</Notice>
  return (
    <div className="flex flex-col gap-4">
      <EmailCard profile={user} />
      <PasswordCard />
      <PasskeysCard />
      <SecondFactorCard />
    </div>
  )
}
