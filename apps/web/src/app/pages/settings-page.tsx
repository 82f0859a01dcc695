import {
  Bell,
  Gamepad2,
  HeartPulse,
  KeyRound,
  LogIn,
  MonitorSmartphone,
  ShieldCheck,
  Store,
  SunMoon,
  UserRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { KeySettings } from '../../features/api-keys/key-settings.tsx'
import { DomainSettings } from '../../features/domains/domain-settings.tsx'
import { NotificationSettings } from '../../features/notifications/notification-settings.tsx'
import { StudioFace } from '../../features/orders/studio-face.tsx'
import { OwnSignInSettings } from '../../features/own-sign-in/own-sign-in-settings.tsx'
import { Appearance } from '../../features/profile/appearance.tsx'
import { EmailCard } from '../../features/profile/email-card.tsx'
import { IdentitiesCard } from '../../features/profile/identities-card.tsx'
import { PasskeysCard } from '../../features/profile/passkeys-card.tsx'
import { PasswordCard } from '../../features/profile/password-card.tsx'
import { ProfileForm } from '../../features/profile/profile-form.tsx'
import { SecondFactorCard } from '../../features/profile/second-factor-card.tsx'
import { SessionList } from '../../features/profile/session-list.tsx'
import { HealthSummary } from '../../features/studio/health-summary.tsx'
import { StudioSettings } from '../../features/studio/studio-settings.tsx'
import { useCan, useSession } from '../../lib/session.tsx'
import { useMedia } from '../../lib/use-media.ts'
import { SettingsNav } from '../settings-nav.tsx'

interface Section {
  label: string
  icon: ReactNode
  content: ReactNode
}

/** Where the list of settings stands beside the open ones. */
const roomForBoth = '(min-width: 64rem)'

/** `/settings/{name}`: the studio's settings for those who may see them, one's own for everybody. */
export function SettingsPage() {
  const t = useTranslations('settings')
  const nav = useTranslations('web.nav')
  const { tab } = useParams()
  const wide = useMedia(roomForBoth)
  const groups = useSections()
  const all = new Map(groups.flatMap(({ sections }) => [...sections]))
  const [first] = all.keys()
  const open = tab ?? (wide ? first : undefined)
  const section = open ? all.get(open) : undefined
  const content = section?.content ?? (open ? <NothingHere /> : null)
  const list = (
    <SettingsNav
      open={open ? addressOf(open) : null}
      groups={groups.map(({ name, sections }) => ({
        name: t(`group.${name}`),
        entries: [...sections].map(([key, { label, icon }]) => ({ to: addressOf(key), label, icon })),
      }))}
    />
  )
  if (!wide)
    return (
      <div className="mx-auto max-w-180">
        <PageHeader
          title={section?.label ?? nav('settings')}
          {...(open && { back: { to: '/settings', label: nav('settings') } })}
        />
        {content ?? list}
      </div>
    )
  return (
    <div className="mx-auto max-w-230">
      <PageHeader title={nav('settings')} />
      <div className="grid grid-cols-[176px_minmax(0,1fr)] items-start gap-8">
        <div className="sticky top-20">{list}</div>
        <section aria-label={section?.label}>{content}</section>
      </div>
    </div>
  )
}

/** No settings of that name, or none for this person. */
function NothingHere() {
  const t = useTranslations('web.notFound')
  return (
    <EmptyState
      scene="search"
      title={t('title')}
      body={t('body')}
      action={
        <Button asChild>
          <Link to="/settings">{t('settings')}</Link>
        </Button>
      }
    />
  )
}

const addressOf = (name: string) => `/settings/${name}`

/** What this person finds here, in its order; the names are addresses. */
function useSections(): { name: 'studio' | 'you'; sections: Map<string, Section> }[] {
  const t = useTranslations('settings.tab')
  const { user, role, actingAs } = useSession()
  const seesStudio = useCan('studio:read')
  const runsStudio = useCan('studio:update')
  const hasKeys = useCan('api-keys:own')
  const studio = new Map<string, Section>()
  if (seesStudio) {
    studio.set('studio', {
      label: t('studio'),
      icon: <Store />,
      content: <StudioSettings drawFace={(look) => <StudioFace studio={look} as="p" />} />,
    })
    studio.set('games', { label: t('games'), icon: <Gamepad2 />, content: <DomainSettings /> })
  }
  if (runsStudio) {
    // Nobody of the platform opens a way in that would outlive their visit.
    if (!actingAs) studio.set('sign-in', { label: t('sign-in'), icon: <LogIn />, content: <OwnSignInSettings /> })
    studio.set('about', { label: t('about'), icon: <HeartPulse />, content: <HealthSummary /> })
  }
  const you = new Map<string, Section>()
  you.set('profile', {
    label: t('profile'),
    icon: <UserRound />,
    content: <ProfileForm key={user.id} profile={user} />,
  })
  if (role)
    you.set('notifications', {
      label: t('notifications'),
      icon: <Bell />,
      content: <NotificationSettings role={role} />,
    })
  you.set('security', { label: t('security'), icon: <ShieldCheck />, content: <Security /> })
  you.set('sessions', { label: t('sessions'), icon: <MonitorSmartphone />, content: <SessionList /> })
  if (hasKeys) you.set('api-keys', { label: t('api-keys'), icon: <KeyRound />, content: <KeySettings /> })
  you.set('appearance', { label: t('appearance'), icon: <SunMoon />, content: <Appearance /> })
  const groups = [
    { name: 'studio', sections: studio },
    { name: 'you', sections: you },
  ] as const
  return groups.filter(({ sections }) => sections.size > 0)
}

function Security() {
  const t = useTranslations('profile.signIn')
  const { user, viaProvider } = useSession()
  // The API refuses all of this to such a session: what a studio says of somebody changes nothing in their other ones.
  if (viaProvider)
    return (
      <div className="flex flex-col gap-4">
        <Notice tone="info">{t('viaProvider')}</Notice>
        <IdentitiesCard />
      </div>
    )
  return (
    <div className="flex flex-col gap-4">
      <EmailCard profile={user} />
      <PasswordCard />
      <PasskeysCard />
      <SecondFactorCard />
      <IdentitiesCard />
    </div>
  )
}
