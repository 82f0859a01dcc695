import type { MeView } from '@sparkle/shared/auth'
import { rolePermissions } from '@sparkle/shared/permissions'
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { SessionProvider } from '../../lib/session.tsx'
import { NewProjectDialog } from './new-project-dialog.tsx'

const me = (role: 'manager' | 'moderator') =>
  ({
    user: { id: 'u1' },
    role,
    accountId: null,
    rights: { permissions: rolePermissions[role], grants: [], scopes: null },
  }) as unknown as MeView
const pet = (id: string, name: string, accountId: string | null) => ({
  kind: 'pet',
  id,
  name,
  accountId,
  breed: 'Poodle',
  species: '',
})
const show = (role: 'manager' | 'moderator' = 'manager') =>
  renderPart(
    <SessionProvider me={me(role)}>
      <NewProjectDialog open onOpenChange={() => undefined} onCreated={() => undefined} />
    </SessionProvider>,
  )
const field = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name)
const valueOf = (name: RegExp) => field(name).value

test('a pet that has been here before fills in the form and its client, and the project is linked to it', async () => {
  const { calls } = await apiServer({
    'GET /profiles': () => ({ status: 200, body: { items: [pet('f1', 'Rex', 'a1'), pet('f2', 'Bo', null)] } }),
    'GET /accounts/a1': () => ({
      status: 200,
      body: { name: 'Lees', contacts: [{ name: 'Ann Lee', email: 'ann@example.test' }] },
    }),
    'POST /projects': () => ({ status: 201, body: { id: 'p1', petName: 'Rex' } }),
  })
  const { user } = show()
  const choose = async (name: string) => {
    await user.click(field(/been here before/))
    await user.click(await screen.findByText(name, { selector: '[role=option] *' }))
  }
  await choose('Rex')
  await waitFor(() => expect(valueOf(/E-mail/)).toBe('ann@example.test'))
  await choose('Bo')
  expect([valueOf(/Pet’s name/), valueOf(/Customer’s name/)], 'whose client is not known').toEqual(['Bo', ''])
  await user.type(field(/Customer’s name/), 'Zoe')
  await choose('Rex')
  await waitFor(() => expect(valueOf(/Pet’s name/)).toBe('Rex'))
  await user.click(screen.getByText('Create project'))
  await waitFor(() => expect(calls.some(({ method }) => method === 'POST')).toBe(true))
  const sent = JSON.parse(calls.find(({ method }) => method === 'POST')?.body ?? '')
  expect(sent).toMatchObject({ petName: 'Rex', petBreed: 'Poodle', petProfileId: 'f1', customerName: 'Zoe' })
})

test('whoever may not see profiles is not offered any', async () => {
  await apiServer({})
  show('moderator')
  expect(screen.queryByLabelText(/been here before/)).toBeNull()
})
