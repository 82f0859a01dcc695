import type { StudioView } from '@sparkle/shared/orders'
import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { loadDraft, newDraft, orderBody, saveDraft } from './order-draft.ts'
import { OrderFlow } from './order-flow.tsx'

const studio: StudioView = {
  slug: 'sparkle',
  name: 'Sparkle Studio',
  tagline: '',
  accent: null,
  logoUrl: null,
  orderIntro: '',
  orderThanks: '',
  packages: [],
  form: {
    themes: [],
    difficulties: ['medium'],
    features: [],
    maxPhotos: 5,
    maxFileBytes: 1000,
    acceptedTypes: ['image/png'],
    consent: { version: '2026-11-01', text: 'I agree.' },
  },
}
const nobody = { status: 401, body: problem(401, 'auth.unauthenticated') }

afterEach(() => localStorage.clear())

test('where nobody can sign in as the sender of an unanswered try, a new order is made of what was entered', async () => {
  const before = newDraft()
  const fields = {
    ...before.fields,
    pet: { ...before.fields.pet, name: 'Rex' },
    customer: { name: 'Ada', email: 'ada@example.com', phone: '' },
    consent: true,
  }
  const unanswered = orderBody({ ...fields, game: { ...fields.game, theme: undefined } }, [], '2026-11-01')
  saveDraft('sparkle', { ...before, step: 2, fields, unanswered, sentBy: 'u1' })
  const { calls } = await apiServer({
    'GET /me': () => nobody,
    'POST /auth/refresh': () => nobody,
    'POST /public/studios/sparkle/orders': () => ({
      status: 201,
      body: { orderNumber: 'S-1', trackingUrl: 'https://studio.test/track/t' },
    }),
  })
  const orders = () => calls.filter(({ path }) => path.endsWith('/orders'))
  const { user } = renderPart(<OrderFlow studio={studio} customer={null} />)
  await user.click(await screen.findByRole('button', { name: 'Send the order' }))
  await screen.findByText(/The earlier try may have arrived, so Sparkle Studio may then have two/)
  expect(loadDraft('sparkle')).toMatchObject({ key: before.key, sentBy: 'u1' })

  await user.click(screen.getByRole('button', { name: 'Start a new order' }))
  await screen.findByText(/^This is a new order now/)
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Your name' }).value).toBe('Ada')
  expect(orders()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Send the order' }))
  await screen.findByText(/Your order S-1 has reached/)
  expect(orders().map(({ body }) => JSON.parse(body))).toMatchObject([{ pet: { name: 'Rex' } }])
  expect(orders()[0]?.headers['idempotency-key']).not.toBe(before.key)
})
