import type { MeView } from '@sparkle/shared/auth'
import { rolePermissions } from '@sparkle/shared/permissions'
import type { ProjectView } from '@sparkle/shared/projects'
import type { VersionView } from '@sparkle/shared/reviews'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { SessionProvider } from '../../lib/session.tsx'
import { VersionCard } from './version-card.tsx'

const permissions = [...rolePermissions.manager]
const me = {
  user: { id: 'u1' },
  role: 'manager',
  accountId: null,
  permissions,
  rights: { permissions, grants: [], scopes: null },
} as unknown as MeView
const project = { id: 'p1', accountId: null, assignedArtistId: null, deletedAt: null } as unknown as ProjectView
const draft = {
  id: 'v1',
  number: 3,
  version: 2,
  kind: 'build',
  status: 'draft',
  changelog: '',
  digest: '0'.repeat(64),
  createdAt: '2026-01-01T00:00:00.000000Z',
  decisions: [],
  lookAt: null,
  approversLeft: null,
  comments: { total: 2, open: 1, unread: 0 },
} as unknown as VersionView
const card = (version: VersionView) => (
  <SessionProvider me={me}>
    <VersionCard version={version} project={project} />
  </SessionProvider>
)

test('a draft is deleted once somebody has said so; what was sent offers nothing of the kind', async () => {
  const { calls } = await apiServer({ 'DELETE /versions/v1': () => ({ status: 204 }) })
  const { user, unmount } = renderPart(card(draft))
  const ask = async () => {
    await user.click(await screen.findByRole('button', { name: 'Delete draft' }))
    return within(await screen.findByRole('alertdialog', { name: 'Delete the draft of version 3?' }))
  }
  const first = await ask()
  first.getByText(/The 2 comments on it go, too/)
  await user.click(first.getByRole('button', { name: 'Cancel' }))
  expect(calls).toEqual([])
  await user.click((await ask()).getByRole('button', { name: 'Delete draft' }))
  await screen.findByText('The draft of version 3 is deleted.')
  await waitFor(() => expect(calls).toHaveLength(1))
  expect(calls[0]?.headers['if-match']).toBe('"v2"')
  unmount()

  renderPart(card({ ...draft, status: 'waiting' }))
  await screen.findByText('Waiting for the customer')
  expect(screen.queryByRole('button', { name: 'Delete draft' })).toBeNull()
})
