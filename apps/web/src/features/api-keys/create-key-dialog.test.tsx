import type { MeView } from '@sparkle/shared/auth'
import { rolePermissions } from '@sparkle/shared/permissions'
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { SessionProvider } from '../../lib/session.tsx'
import { CreateKeyDialog } from './create-key-dialog.tsx'

const permissions = [...rolePermissions.moderator]
const denied = {
  id: 'g1',
  effect: 'deny' as const,
  permission: 'reviews:*',
  projectId: null,
  assetId: null,
  expiresAt: null,
}
const me = {
  user: { id: 'u1' },
  role: 'moderator',
  accountId: null,
  permissions,
  rights: { permissions, grants: [denied], scopes: null },
} as unknown as MeView

test('offers what the person may do, asks for a purpose, and shows the key once', async () => {
  const { calls } = await apiServer({
    'POST /api-keys': () => ({ status: 201, body: { id: 'k1', name: 'Watcher', token: 'sk_made' } }),
  })
  const close = vi.fn<() => void>()
  const { user } = renderPart(
    <SessionProvider me={me}>
      <CreateKeyDialog open onClose={close} />
    </SessionProvider>,
  )
  await screen.findByRole('checkbox', { name: 'Projects' })
  for (const name of ['Team', 'Reviews']) expect(screen.queryByRole('checkbox', { name })).toBeNull()

  await user.click(screen.getByRole('button', { name: 'Make the key' }))
  expect(calls).toHaveLength(0)
  await user.type(screen.getByRole('textbox', { name: 'What is it for' }), 'Watcher')
  await user.click(screen.getByRole('checkbox', { name: 'Projects' }))
  await user.click(screen.getByRole('button', { name: 'Make the key' }))
  await screen.findByText('sk_made')
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ name: 'Watcher', scopes: ['projects:read'] })
  await user.click(screen.getByRole('button', { name: 'I have copied it' }))
  expect(close).toHaveBeenCalled()
  expect(screen.queryByText('sk_made')).toBeNull()
})
