import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router-dom'
import { Gate, StaffGate } from './gate.tsx'
import { CustomerLayout } from './layouts/customer-layout.tsx'
import { PublicLayout } from './layouts/public-layout.tsx'
import { CrashPage } from './pages/crash-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { RequireSession } from './require-session.tsx'
import { Splash } from './splash.tsx'

/** A page in a chunk of its own, fetched when somebody goes there. */
function page(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { path, lazy: async () => ({ Component: await load() }) }
}

/** Pages that need a permission; whoever lacks it sees why instead. */
function gated(permission: Parameters<typeof Gate>[0]['permission'], children: RouteObject[]): RouteObject {
  return { element: <Gate permission={permission} />, children }
}

/** Pages of the studio's work: a customer may read projects too, but sees them on the own first page. */
function staffOnly(permission: Parameters<typeof Gate>[0]['permission'], children: RouteObject[]): RouteObject {
  return { element: <StaffGate permission={permission} />, children }
}

const staffPages: RouteObject[] = [
  gated('projects:read', [page('/', async () => (await import('./pages/home-page.tsx')).HomePage)]),
  staffOnly('projects:read', [
    page('/projects', async () => (await import('./pages/projects-page.tsx')).ProjectsPage),
    page('/calendar', async () => (await import('./pages/calendar-page.tsx')).CalendarPage),
  ]),
  gated('projects:read', [
    page('/projects/:projectId/:tab?', async () => (await import('./pages/any-project-page.tsx')).AnyProjectPage),
  ]),
  staffOnly('projects:create', [
    page('/projects/import', async () => (await import('./pages/import-page.tsx')).ImportPage),
  ]),
  gated('assets:create', [
    page('/projects/:projectId/sprite/:assetId', async () => (await import('./pages/sprite-page.tsx')).SpritePage),
  ]),
  gated('assets:read', [page('/assets', async () => (await import('./pages/assets-page.tsx')).AssetsPage)]),
  staffOnly('builds:read', [page('/games', async () => (await import('./pages/games-page.tsx')).GamesPage)]),
  gated('urls:read', [page('/addresses', async () => (await import('./pages/addresses-page.tsx')).AddressesPage)]),
  staffOnly('accounts:read', [
    page('/clients', async () => (await import('./pages/clients-page.tsx')).ClientsPage),
    page('/clients/:accountId', async () => (await import('./pages/client-page.tsx')).ClientPage),
  ]),
  gated('accounts:read', [page('/people', async () => (await import('./pages/people-page.tsx')).PeoplePage)]),
  staffOnly('reviews:read', [page('/review', async () => (await import('./pages/reviews-page.tsx')).ReviewsPage)]),
  gated('analytics:read', [page('/figures', async () => (await import('./pages/figures-page.tsx')).FiguresPage)]),
  gated('activity:read', [page('/activity', async () => (await import('./pages/activity-page.tsx')).ActivityPage)]),
  gated('roles:read', [
    page('/team/permissions', async () => (await import('./pages/permissions-page.tsx')).PermissionsPage),
    page('/team/:userId/permissions', async () => (await import('./pages/person-rights-page.tsx')).PersonRightsPage),
  ]),
  gated('audit:read', [page('/audit', async () => (await import('./pages/audit-page.tsx')).AuditPage)]),
  gated('users:read', [page('/team', async () => (await import('./pages/team-page.tsx')).TeamPage)]),
  gated('reviews:read', [page('/review/:versionId', async () => (await import('./pages/review-page.tsx')).ReviewPage)]),
  page('/notifications', async () => (await import('./pages/notifications-page.tsx')).NotificationsPage),
  page('/settings/:tab?', async () => (await import('./pages/settings-page.tsx')).SettingsPage),
]

const platformPages: RouteObject[] = [
  page('/platform', async () => (await import('./pages/platform-page.tsx')).PlatformPage),
  page('/platform/:studioId', async () => (await import('./pages/platform-studio-page.tsx')).PlatformStudioPage),
]

const publicPages: RouteObject[] = [
  page('/forgot-password', async () => (await import('./pages/forgot-password-page.tsx')).ForgotPasswordPage),
  page('/reset-password', async () => (await import('./pages/reset-password-page.tsx')).ResetPasswordPage),
  page('/confirm-email', async () => (await import('./pages/confirm-email-page.tsx')).ConfirmEmailPage),
  page('/unsubscribe', async () => (await import('./pages/unsubscribe-page.tsx')).UnsubscribePage),
  page('/invite/:token', async () => (await import('./pages/accept-invite-page.tsx')).AcceptInvitePage),
]

const customerPages: RouteObject[] = [
  page('/order/:slug', async () => (await import('./pages/order-page.tsx')).OrderPage),
  page('/track/:token', async () => (await import('./pages/tracking-page.tsx')).TrackingPage),
]

/** Behind a review link: its own frame, and nobody signed in. */
const guestPages: RouteObject = {
  path: '/r/:token',
  lazy: async () => ({ Component: (await import('./pages/guest-page.tsx')).GuestPage }),
  children: [
    {
      index: true,
      lazy: async () => ({ Component: (await import('./pages/guest-versions-page.tsx')).GuestVersionsPage }),
    },
    page(':versionId', async () => (await import('./pages/guest-review-page.tsx')).GuestReviewPage),
  ],
}

const developmentPages: RouteObject[] = import.meta.env.DEV
  ? [page('/_gallery', async () => (await import('./gallery/gallery-page.tsx')).GalleryPage)]
  : []

export const routes: RouteObject[] = [
  {
    errorElement: <CrashPage />,
    hydrateFallbackElement: <Splash />,
    children: [
      page('/sign-in', async () => (await import('./pages/sign-in-page.tsx')).SignInPage),
      { element: <PublicLayout />, children: publicPages },
      { element: <CustomerLayout />, children: customerPages },
      guestPages,
      {
        element: <RequireSession />,
        children: [
          { lazy: staffLayout, children: [{ errorElement: <CrashPage inFrame />, children: staffPages }] },
          { lazy: platformLayout, children: [{ errorElement: <CrashPage inFrame />, children: platformPages }] },
        ],
      },
      ...developmentPages,
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]

async function platformLayout() {
  return { Component: (await import('./layouts/platform-layout.tsx')).PlatformLayout }
}

async function staffLayout() {
  return { Component: (await import('./layouts/staff-layout.tsx')).StaffLayout }
}

export const router = createBrowserRouter(routes)
