import type { MeView } from '@sparkle/shared/auth'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { SessionProvider } from '../../lib/session.tsx'
import { IdentitiesCard } from './identities-card.tsx'

const link = (provider: string, more: object = {}) => ({
  providerId: provider.toLowerCase(),
  provider,
  linkedAt: '2026-03-01T10:00:00.000000Z',
  lastUsedAt: null,
  onlyWayIn: false,
  ...more,
})
const me = (viaProvider: boolean) =>
  ({ user: { id: 'u1' }, organization: { name: 'Studio' }, viaProvider }) as unknown as MeView
const show = (viaProvider = false) =>
  renderPart(
    <SessionProvider me={me(viaProvider)}>
      <IdentitiesCard />
    </SessionProvider>,
  )

test('a link is ended once that is confirmed, but for the only way in, which says why it stays', async () => {
  let ended = false
  const { calls } = await apiServer({
    'GET /me/identities': () => ({
      status: 200,
      body: { items: [link('Login', { onlyWayIn: true }), ...(ended ? [] : [link('Old')])] },
    }),
    'DELETE /me/identities/old': () => {
      ended = true
      return { status: 204 }
    },
  })
  const { user } = show()
  await screen.findByText('Login')
  expect(screen.getAllByRole('button')).toHaveLength(1)
  expect(screen.getByText(/by this sign-in alone/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Unlink Old' }))
  const question = within(await screen.findByRole('alertdialog'))
  expect(calls.filter(({ method }) => method === 'DELETE')).toEqual([])
  await user.click(question.getByRole('button', { name: 'Unlink' }))
  await screen.findByText('“Old” signs you in no longer.')
  await waitFor(() => expect(screen.queryByText('Old')).toBeNull())
  expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1)
})

test('whoever came in by their studio’s sign-in is told what to do first', async () => {
  await apiServer({ 'GET /me/identities': () => ({ status: 200, body: { items: [link('Login')] } }) })
  show(true)
  await screen.findByText(/You came in by it/)
  expect(screen.queryByRole('button')).toBeNull()
})
