import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router-dom'
import { Gate } from './gate.tsx'
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

const staffPages: RouteObject[] = [
  gated('projects:read', [
    page('/', async () => (await import('./pages/dashboard-page.tsx')).DashboardPage),
    page('/projects', async () => (await import('./pages/projects-page.tsx')).ProjectsPage),
  ]),
  gated('urls:read', [page('/addresses', async () => (await import('./pages/addresses-page.tsx')).AddressesPage)]),
  gated('activity:read', [page('/activity', async () => (await import('./pages/activity-page.tsx')).ActivityPage)]),
  gated('users:read', [page('/team', async () => (await import('./pages/team-page.tsx')).TeamPage)]),
  page('/settings', async () => (await import('./pages/settings-page.tsx')).SettingsPage),
]

const publicPages: RouteObject[] = [
  page('/invite/:token', async () => (await import('./pages/accept-invite-page.tsx')).AcceptInvitePage),
]

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
      {
        element: <RequireSession />,
        children: [{ lazy: staffLayout, children: [{ errorElement: <CrashPage inFrame />, children: staffPages }] }],
      },
      ...developmentPages,
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]

async function staffLayout() {
  return { Component: (await import('./layouts/staff-layout.tsx')).StaffLayout }
}

export const router = createBrowserRouter(routes)
