import type { AccountMember } from '@sparkle/shared/accounts'
import type { MeView } from '@sparkle/shared/auth'
import { rolePermissions, type Role } from '@sparkle/shared/permissions'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { PeoplePage } from './people-page.tsx'
import { SessionProvider } from '../../lib/session.tsx'

const one = (id: string, more: Partial<AccountMember>): AccountMember => ({
  id,
  displayName: id,
  email: `${id}@x.test`,
  role: 'member',
  status: 'active',
  createdAt: '2026-01-01T00:00:00.000000Z',
  lastSeenAt: null,
  version: 1,
  ...more,
})
const items = [
  one('Ann', { role: 'owner' }),
  one('Bob', { status: 'deactivated' }),
  one('i1', { displayName: 'kid@x.test', email: 'kid@x.test', status: 'invited', version: 3 }),
]
const listed = { 'GET /accounts/a1/members': () => ({ status: 200, body: { items } }) }

function page(role: Role) {
  const permissions = [...rolePermissions[role]]
  const rights = { permissions, grants: [], scopes: null }
  const me = { user: { id: 'Ann' }, role, accountId: 'a1', permissions, rights } as unknown as MeView
  return (
    <SessionProvider me={me}>
      <PeoplePage />
    </SessionProvider>
  )
}
const rowOf = async (name: string) => within((await screen.findByText(name)).closest('li') as HTMLElement)

test('an owner sends an open invitation again or withdraws it, on the version that was read', async () => {
  const invitation = '/accounts/a1/invitations/i1'
  const { calls } = await apiServer({
    ...listed,
    [`POST ${invitation}/resend`]: () => ({ status: 200, body: items[2] }),
    [`DELETE ${invitation}`]: () => ({ status: 204 }),
  })
  const { user } = renderPart(page('owner'))
  const row = await rowOf('kid@x.test')
  row.getByText('Invited')
  await user.click(row.getByRole('button', { name: 'Send again to kid@x.test' }))
  await screen.findByText(/A new link is on its way/)
  await user.click(row.getByRole('button', { name: 'Withdraw the invitation of kid@x.test' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Withdraw' }))
  await screen.findByText('The invitation of kid@x.test is withdrawn.')
  const changes = calls.filter(({ method }) => method !== 'GET')
  expect(changes.map(({ method, headers }) => [method, headers['if-match']])).toEqual([
    ['POST', '"v3"'],
    ['DELETE', '"v3"'],
  ])
  for (const name of ['Ann', 'Bob']) expect((await rowOf(name)).queryAllByRole('button')).toEqual([])
})

test('an owner invites by address and hears at the field what is refused', async () => {
  const { calls } = await apiServer({
    ...listed,
    'POST /accounts/a1/invitations': (_call, count) =>
      count === 0 ? { status: 409, body: problem(409, 'user.already_invited') } : { status: 201, body: items[2] },
  })
  const { user } = renderPart(page('owner'))
  await user.click(await screen.findByRole('button', { name: 'Invite somebody' }))
  const dialog = within(await screen.findByRole('dialog'))
  const email = dialog.getByRole('textbox', { name: 'E-mail' })
  await user.type(email, 'kid@x.test')
  await user.click(dialog.getByRole('button', { name: 'Send the invitation' }))
  await dialog.findByText(/This address has an open invitation/)
  expect(dialog.queryByText(/Refused/)).toBeNull()
  await user.clear(email)
  await user.type(email, 'aunt@x.test')
  await user.click(dialog.getByRole('button', { name: 'Send the invitation' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const [, last] = calls.filter(({ method }) => method === 'POST')
  expect(JSON.parse(last?.body ?? '')).toEqual({ email: 'aunt@x.test', role: 'member' })
})

test('who may not invite sees the people, and nothing to press', async () => {
  await apiServer(listed)
  renderPart(page('member'))
  await screen.findByText('kid@x.test')
  expect(screen.queryAllByRole('button')).toEqual([])
})
