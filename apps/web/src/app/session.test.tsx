import { signedInCookie, type MeView } from '@sparkle/shared/auth'
import { focusManager } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiServer, problem } from '../../test/api-server.ts'
import { renderRoutes } from '../../test/render.tsx'
import { noteSignedIn, personIn } from '../lib/session.tsx'
import { routes } from './router.tsx'
import { placeAfterSignIn } from './sign-in-path.ts'

const me: MeView = {
  user: {
    id: 'u1',
    email: 'noor@sparkle.test',
    emailConfirmed: true,
    pendingEmail: null,
    displayName: 'Noor Haddad',
    avatarUrl: null,
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    version: 1,
  },
  organization: { id: 'o1', slug: 'sparkle', name: 'Sparkle Studio' },
  role: 'artist',
  accountId: null,
  customRole: null,
  permissions: ['projects:read', 'urls:read', 'activity:read'],
  rights: { permissions: ['projects:read', 'urls:read', 'activity:read'], grants: [], scopes: null },
  memberships: [{ organizationId: 'o1', slug: 'sparkle', name: 'Sparkle Studio', role: 'artist' }],
  viaProvider: false,
  isSuperAdmin: false,
  actingAs: null,
  readOnlyUntil: null,
}
const alsoMay = (...more: string[]): MeView => ({
  ...me,
  permissions: [...me.permissions, ...more],
  rights: { ...me.rights, permissions: [...me.permissions, ...more] },
})
const nobody = { status: 401, body: problem(401, 'auth.unauthenticated') }
const unread = { 'GET /notifications/unread-count': () => ({ status: 200, body: { count: 0 } }) }
const slow = { timeout: 30_000 }

/** What the API's replies do to the cookie that scripts can read. */
const greet = () => (document.cookie = `${signedInCookie}=1; path=/`)
const sayGoodbye = () => (document.cookie = `${signedInCookie}=; path=/; max-age=0`)

beforeEach(() => {
  greet()
  // No live feed in these tests: the socket stays in the middle of connecting.
  vi.stubGlobal(
    'WebSocket',
    class {
      close() {}
    },
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
  sayGoodbye()
})

test('whoever is not signed in comes to the sign-in, and back to the page that was asked for', async () => {
  sayGoodbye()
  let signedIn = false
  const { calls } = await apiServer({
    'GET /me': () => (signedIn ? { status: 200, body: me } : nobody),
    'POST /auth/refresh': () => nobody,
    'POST /auth/login': ({ body }) => {
      signedIn = JSON.parse(body).password === 'right'
      if (signedIn) greet()
      return signedIn ? { status: 200, body: { accessToken: 'x', expiresIn: 900, user: me.user } } : nobody
    },
    ...unread,
  })
  const { user, path } = renderRoutes(routes, '/projects?status=review')
  const email = await screen.findByRole('textbox', { name: 'E-mail' }, slow)
  expect(path()).toBe('/sign-in?next=%2Fprojects%3Fstatus%3Dreview')
  expect(calls).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByText('Write an e-mail address such as ada@example.com.')).toBeDefined()
  expect(calls.some(({ path: called }) => called === '/auth/login')).toBe(false)

  await user.type(email, 'noor@sparkle.test')
  await user.type(screen.getByLabelText('Password'), 'wrong{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('E-mail or password is not right.')

  await user.type(screen.getByLabelText('Password'), 'right{Enter}')
  expect(await screen.findByRole('heading', { level: 1, name: 'Projects' }, slow)).toBeDefined()
  expect(path()).toBe('/projects?status=review')
})

test('the rail shows what the role may open, and a closed page says why', async () => {
  await apiServer({ 'GET /me': () => ({ status: 200, body: me }), ...unread })
  const { user, path } = renderRoutes(routes, '/team')
  expect(await screen.findByRole('heading', { level: 1, name: 'This door is locked' }, slow)).toBeDefined()
  expect(screen.queryByRole('link', { name: 'Team' })).toBeNull()
  expect(screen.getAllByRole('link', { name: 'Projects' })).not.toHaveLength(0)
  await user.keyboard('gp')
  await waitFor(() => expect(path()).toBe('/projects'))
})

test('the import of projects is closed to a role that may not make any, and open to one that may', async () => {
  const answers = { ...unread, 'GET /me': () => ({ status: 200, body: me }) }
  await apiServer(answers)
  const closed = renderRoutes(routes, '/projects/import')
  expect(await screen.findByRole('heading', { level: 1, name: 'This door is locked' }, slow)).toBeDefined()
  closed.unmount()
  answers['GET /me'] = () => ({ status: 200, body: alsoMay('projects:create') })
  renderRoutes(routes, '/projects/import')
  expect(await screen.findByRole('heading', { level: 1, name: 'Import projects' }, slow)).toBeDefined()
})

test('a session that ends in the middle of work is begun again over the page, and no word on it is lost', async () => {
  let alive = true
  const { calls } = await apiServer({
    'GET /me': () => (alive ? { status: 200, body: me } : nobody),
    'POST /auth/refresh': () => nobody,
    'POST /auth/login': ({ body }) => {
      alive = JSON.parse(body).password === 'right'
      if (alive) greet()
      return alive ? { status: 200, body: { accessToken: 'x', expiresIn: 900, user: me.user } } : nobody
    },
    'PATCH /me': () => (alive ? { status: 200, body: { ...me.user, displayName: 'Noor H.', version: 2 } } : nobody),
    ...unread,
  })
  const { user, path } = renderRoutes(routes, '/settings/profile')
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' }, slow)
  alive = false
  await user.clear(name)
  await user.type(name, 'Noor H.{Enter}')
  await screen.findByLabelText('Password', {}, slow)
  // Until then nothing is asked, neither by the page itself nor in vain; whoever goes on is asked to sign in again.
  expect(focusManager.isFocused()).toBe(false)
  const asked = calls.length
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'Save changes' }))
  const password = await screen.findByLabelText('Password', {}, slow)
  expect(calls.slice(asked)).toEqual([])
  await user.type(password, 'wrong{Enter}')
  await screen.findByText('E-mail or password is not right.')
  await user.clear(password)
  await user.type(password, 'right{Enter}')
  await waitFor(() => expect(screen.queryByLabelText('Password')).toBeNull())
  expect([path(), name.value]).toEqual(['/settings/profile', 'Noor H.'])
  expect(focusManager.isFocused()).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Save changes' }))
  await waitFor(() => expect(calls.filter(({ method }) => method === 'PATCH')).toHaveLength(2))
})

test('an empty list of projects offers a new one twice, and its key once', async () => {
  await apiServer({
    'GET /me': () => ({
      status: 200,
      body: alsoMay('projects:create', 'projects:update'),
    }),
    'GET /projects': () => ({ status: 200, body: { items: [], nextCursor: null, total: 0 } }),
    ...unread,
  })
  const { user, path } = renderRoutes(routes, '/projects?view=table')
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'New project' })).toHaveLength(2), slow)
  await user.keyboard('?')
  const shortcuts = await screen.findByRole('dialog')
  expect(within(shortcuts).getAllByText('New project')).toHaveLength(1)
  await user.keyboard('{Escape}')
  await user.click(await screen.findByRole('radio', { name: 'Board' }))
  expect(path()).toBe('/projects?view=board')
  await user.keyboard('?')
  const keys = within(await screen.findByRole('dialog'))
  const caps = (label: string) => keys.getByText(label).parentElement?.querySelector('kbd')?.textContent
  expect(caps('Go from card to card')).toBe('← ↑ ↓ →')
  expect(caps('Pick the card up; the arrows carry it')).toBe('Space')
  expect(caps('Change the status of the card')).toBe('S')
  // Whom a card is given to is not this role's to decide.
  expect(keys.queryByText('Assign the card')).toBeNull()
})

test('a studio that another tab has switched to is this one’s too, and nothing of the one before is left', async () => {
  let studio = 'o1'
  await apiServer({
    'GET /me': () => ({ status: 200, body: { ...me, organization: { id: studio, slug: studio, name: studio } } }),
    'GET /notifications/unread-count': () => ({ status: 200, body: { count: studio === 'o1' ? 7 : 2 } }),
  })
  renderRoutes(routes, '/settings')
  await screen.findByRole('button', { name: '7 new notifications' }, slow)
  studio = 'o2'
  noteSignedIn(personIn('o2', 'u1'))
  window.dispatchEvent(new StorageEvent('storage', { key: 'signed-in' }))
  await screen.findByRole('button', { name: '2 new notifications' }, slow)
  expect(screen.queryByText('o1')).toBeNull()
})

test('signing out leads to the sign-in', async () => {
  const { calls } = await apiServer({
    'GET /me': () => ({ status: 200, body: me }),
    'POST /auth/logout': () => ({ status: 204 }),
    ...unread,
  })
  const { user, path } = renderRoutes(routes, '/settings')
  await user.click(await screen.findByRole('button', { name: 'Your profile' }, slow))
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
  await waitFor(() => expect(path()).toBe('/sign-in'))
  expect(calls.at(-1)?.path).toBe('/auth/logout')
})

test('an address from outside cannot lead away after the sign-in', () => {
  const after = (next: string) => placeAfterSignIn(new URLSearchParams({ next }))
  expect(after('/projects?q=a#b')).toBe('/projects?q=a#b')
  expect(after('//evil.test/x')).toBe('/')
  expect(after('https://evil.test')).toBe('/')
  expect(after('/\\evil.test')).toBe('/')
})
