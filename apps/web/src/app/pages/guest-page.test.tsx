import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { useQuery } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { renderRoutes } from '../../../test/render.tsx'
import { draftKey, emptyDraft, writeDraft } from '../../features/comments/drafts.ts'
import { guestPerson, storeVisit } from '../../lib/guest.ts'
import { http } from '../../lib/http.ts'
import { writeKept } from '../../lib/kept-draft.ts'
import { GuestPage } from './guest-page.tsx'

const version = '0199a0de-0000-7000-8000-000000000001'
const visit: GuestSessionView = {
  token: 'pass',
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  name: 'Ann',
  scope: 'approve',
  mayDownload: false,
  projectId: 'p1',
  petName: 'Rex',
  studioName: 'Sparkle Studio',
}
const revoked = {
  state: 'revoked',
  needsPassword: false,
  studioName: 'Sparkle Studio',
  petName: null,
  scope: 'approve',
  expiresAt: visit.expiresAt,
}

function Review() {
  return useQuery({ queryKey: ['version'], queryFn: () => http.get('/versions/v1'), retry: false }).status
}
const open = () =>
  renderRoutes(
    [{ path: '/r/:token', element: <GuestPage />, children: [{ index: true, element: <Review /> }] }],
    '/r/link',
  )

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

test('what a guest had written when their link ended is still there to be copied', async () => {
  const ended = { status: 401, body: problem(401, 'auth.unauthenticated') }
  await apiServer({
    'GET /versions/v1': () => ended,
    'GET /public/reviews/link': () => ({ status: 200, body: revoked }),
  })
  const begun = (name: string, body: string) =>
    writeDraft(draftKey(guestPerson({ ...visit, name }), version, 'new'), { ...emptyDraft, body })
  begun('Ann', 'The ears are too short')
  begun('Ann Lee', 'Somebody else’s words')
  writeKept(`wishes-draft ${guestPerson(visit)} ${version}`, { note: 'Longer ears', points: ['Left', '', 'Right'] })
  storeVisit('link', visit)

  const { unmount } = open()
  await screen.findByRole('heading', { name: 'This link was ended' })
  const texts = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(texts()).toEqual(['The ears are too short', 'Longer ears\nLeft\nRight'])
  expect(screen.getAllByRole('button', { name: 'Copy this text' })).toHaveLength(2)
  unmount()

  // Loaded again.
  open()
  await screen.findByText('The ears are too short')
})

test('whoever was in goes on by the same name, and what is theirs is not shown to whoever comes first', async () => {
  await apiServer({
    'GET /versions/v1': () => ({ status: 401, body: problem(401, 'auth.unauthenticated') }),
    'GET /public/reviews/link': () => ({ status: 200, body: { ...revoked, state: 'open' } }),
  })
  const first = open()
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Your name' })).value).toBe('')
  first.unmount()
  storeVisit('link', visit)
  open()
  await screen.findByText(/Your visit has ended/)
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Your name' }).value).toBe('Ann')
})
