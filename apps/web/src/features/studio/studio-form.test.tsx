import type { MeView } from '@sparkle/shared/auth'
import type { OrganizationView } from '@sparkle/shared/organizations'
import { rolePermissions } from '@sparkle/shared/permissions'
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { SessionProvider } from '../../lib/session.tsx'
import { StudioForm } from './studio-form.tsx'

const permissions = [...rolePermissions.admin]
const me = {
  user: { id: 'u1' },
  role: 'admin',
  accountId: null,
  permissions,
  rights: { permissions, grants: [], scopes: null },
} as unknown as MeView
const studio = {
  id: 'o1',
  slug: 'sparkle',
  name: 'Sparkle Studio',
  tagline: '',
  accent: null,
  logoUrl: null,
  orderIntro: '',
  orderThanks: '',
  timeZone: 'Europe/Berlin',
  locale: 'en',
  requireApproval: true,
  reviewChecklist: ['The name is right'],
  deletionDueAt: null,
  version: 4,
} as unknown as OrganizationView

test('the checklist is added to, put in order and saved without its empty lines', async () => {
  const { calls } = await apiServer({
    'PATCH /organizations/current': ({ body }) => ({
      status: 200,
      body: { ...studio, ...(JSON.parse(body) as object), version: 5 },
    }),
  })
  const { user } = renderPart(
    <SessionProvider me={me}>
      <StudioForm studio={studio} drawFace={() => null} />
    </SessionProvider>,
  )
  const first = await screen.findByRole('textbox', { name: 'Point 1' })
  await user.type(first, '{Enter}')
  await user.keyboard('The ears are right{Enter}')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Point 3' }))
  await user.click(screen.getByRole('button', { name: 'Move point 2 up' }))
  expect(first).toHaveProperty('value', 'The ears are right')
  await user.click(screen.getByRole('button', { name: 'Save changes' }))
  await waitFor(() => expect(calls.filter(({ method }) => method === 'PATCH')).toHaveLength(1))
  const [saved] = calls.filter(({ method }) => method === 'PATCH')
  expect(JSON.parse(saved?.body ?? '')).toEqual({ reviewChecklist: ['The ears are right', 'The name is right'] })
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Point 3' })).toBeNull())
})
