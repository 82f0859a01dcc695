import type { APIRequestContext } from 'playwright-core'
import type { DemoStudio } from '../../../../tools/lib/demo-studio.ts'
import { furnish } from './furnish.ts'

/** Who looks at a page; null is somebody who is not signed in. */
export type Visitor = 'admin' | 'artist' | 'client' | 'super' | null

/** One page of the product, as a person comes to it. */
export interface Stop {
  name: string
  url: string
  visitor: Visitor
  /** What the browser's console may complain about here: an address that is meant to lead nowhere. */
  expected?: RegExp
}

interface Listed<T> {
  items: T[]
}

/**
 * Every page of the product with the demo's data, and with what the demo leaves out (see `furnish`). `api` is signed in as the demo's admin.
 */
export async function listStops(studio: DemoStudio, api: APIRequestContext): Promise<Stop[]> {
  const { studioUrl, gamesUrl } = studio
  const at = (path: string) => studioUrl + path
  const { items: projects } = await get<Listed<{ id: string; petName: string }>>(api, at('/api/v1/projects?limit=100'))
  const project = projects.find(({ petName }) => petName === 'Buttercup')
  if (!project) throw new Error('The demo has no project for Buttercup.')
  const talked = projects.find(({ petName }) => petName === 'Captain Whiskers')
  if (!talked) throw new Error('The demo has no project for Captain Whiskers.')
  const { items: assets } = await get<Listed<{ id: string; assetType: string }>>(
    api,
    at(`/api/v1/projects/${project.id}/assets`),
  )
  const { items: artists } = await get<Listed<{ id: string }>>(api, at('/api/v1/users?role=artist&limit=1'))
  const [artist] = artists
  if (!artist) throw new Error('The demo has no artist.')
  const { items: clients } = await get<Listed<{ id: string }>>(api, at('/api/v1/accounts?limit=1'))
  const [client] = clients
  if (!client) throw new Error('The demo has no client.')
  const photo = assets.find(({ assetType }) => assetType === 'photo')
  if (!photo) throw new Error('Buttercup has no photo.')
  const { tracking, invitation, reviewLink, unsubscribe } = await furnish(studio, api, {
    artistId: artist.id,
    projectId: project.id,
  })
  const reviews = await listReviews(api, at)

  return [
    { name: 'sign-in', url: at('/sign-in'), visitor: null },
    { name: 'forgot-password', url: at('/forgot-password'), visitor: null },
    { name: 'confirm-email', url: at('/confirm-email#token'), visitor: null },
    { name: 'order', url: at('/order/sparkle'), visitor: null },
    { name: 'tracking', url: tracking, visitor: null },
    { name: 'invitation', url: invitation, visitor: null },
    { name: 'review-link', url: reviewLink, visitor: null },
    { name: 'unsubscribe', url: unsubscribe, visitor: null },
    {
      name: 'unsubscribe-broken',
      url: at('/unsubscribe#broken'),
      visitor: null,
      expected: /40[04] |422 /,
    },
    { name: 'dashboard', url: at('/'), visitor: 'admin' },
    { name: 'projects-board', url: at('/projects?view=board'), visitor: 'admin' },
    { name: 'projects-table', url: at('/projects?view=table'), visitor: 'admin' },
    { name: 'projects-archived', url: at('/projects?archived=1'), visitor: 'admin' },
    { name: 'projects-import', url: at('/projects/import'), visitor: 'admin' },
    { name: 'calendar', url: at('/calendar'), visitor: 'admin' },
    ...['overview', 'assets', 'builds', 'review', 'messages', 'address', 'files', 'activity', 'history'].map(
      (tab): Stop => ({
        name: `project-${tab}`,
        url: at(`/projects/${project.id}/${tab}`),
        visitor: 'admin',
      }),
    ),
    { name: 'sprite-tool', url: at(`/projects/${project.id}/sprite/${photo.id}`), visitor: 'admin' },
    { name: 'assets', url: at('/assets'), visitor: 'admin' },
    { name: 'games', url: at('/games'), visitor: 'admin' },
    { name: 'addresses', url: at('/addresses'), visitor: 'admin' },
    { name: 'clients', url: at('/clients'), visitor: 'admin' },
    { name: 'client', url: at(`/clients/${client.id}`), visitor: 'admin' },
    { name: 'reviews', url: at('/review'), visitor: 'admin' },
    { name: 'figures', url: at('/figures'), visitor: 'admin' },
    { name: 'figures-behind', url: at('/figures?period=year&show=cycleDays'), visitor: 'admin' },
    { name: 'activity', url: at('/activity'), visitor: 'admin' },
    { name: 'audit', url: at('/audit'), visitor: 'admin' },
    { name: 'notifications', url: at('/notifications'), visitor: 'admin' },
    { name: 'team', url: at('/team'), visitor: 'admin' },
    { name: 'team-service-accounts', url: at('/team?show=service'), visitor: 'admin' },
    { name: 'audit-empty', url: at('/audit?q=nothing-is-called-so'), visitor: 'admin' },
    { name: 'settings', url: at('/settings'), visitor: 'admin' },
    ...[
      'studio',
      'games',
      'sign-in',
      'profile',
      'notifications',
      'security',
      'sessions',
      'api-keys',
      'appearance',
      'about',
    ].map((tab): Stop => ({
      name: `settings-${tab}`,
      url: at(`/settings/${tab}`),
      visitor: 'admin',
    })),
    { name: 'permissions', url: at('/team/permissions'), visitor: 'admin' },
    { name: 'person-rights', url: at(`/team/${artist.id}/permissions`), visitor: 'admin' },
    { name: 'platform', url: at('/platform'), visitor: 'super' },
    { name: 'client-home', url: at('/'), visitor: 'client' },
    { name: 'client-project', url: at(`/projects/${talked.id}`), visitor: 'client' },
    { name: 'client-people', url: at('/people'), visitor: 'client' },
    ...reviews,
    { name: 'artist-settings', url: at('/settings'), visitor: 'artist' },
    { name: 'artist-api-keys', url: at('/settings/api-keys'), visitor: 'artist' },
    { name: 'artist-no-permission', url: at('/audit'), visitor: 'artist' },
    { name: 'no-permission', url: at('/team'), visitor: 'client' },
    { name: 'not-found', url: at('/no/such/page'), visitor: null, expected: /404 \(Not Found\)/ },
    { name: 'game', url: `${gamesUrl}/buttercup/`, visitor: null },
    { name: 'game-unknown', url: `${gamesUrl}/no-such-game/`, visitor: null, expected: /404 \(Not Found\)/ },
  ]
}

/** The demo's review, as its customer and as the studio sees it: a game, a picture with its pins, and two games compared. */
async function listReviews(api: APIRequestContext, at: (path: string) => string): Promise<Stop[]> {
  const versions = await get<Listed<{ id: string; kind: string; number: number }>>(api, at('/api/v1/versions?limit=50'))
  const of = (kind: string, number: number) => {
    const found = versions.items.find((one) => one.kind === kind && one.number === number)
    if (!found) throw new Error(`The demo has no version ${number} of a ${kind}.`)
    return found.id
  }
  const [first, second, sprite] = [of('build', 1), of('build', 2), of('sprite', 1)]
  const threads = await get<Listed<{ id: string; anchor: object | null }>>(
    api,
    at(`/api/v1/versions/${second}/comments?anchor=moment`),
  )
  const [moment] = threads.items
  if (!moment) throw new Error('The demo has no comment at a moment of play.')
  return [
    { name: 'review-client', url: at(`/review/${second}`), visitor: 'client' },
    { name: 'review-moment', url: at(`/review/${second}#comment-${moment.id}`), visitor: 'artist' },
    { name: 'review-picture', url: at(`/review/${sprite}?show=all`), visitor: 'client' },
    { name: 'review-compare', url: at(`/review/${second}?compare=${first}`), visitor: 'artist' },
  ]
}

async function get<T>(api: APIRequestContext, url: string): Promise<T> {
  const reply = await api.get(url)
  if (!reply.ok()) throw new Error(`${url} answered ${reply.status()}: ${await reply.text()}`)
  return (await reply.json()) as T
}
