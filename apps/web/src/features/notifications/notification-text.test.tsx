import type { NotificationView } from '@sparkle/shared/activity'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPart } from '../../../test/render.tsx'
import { NotificationDetail } from './notification-text.tsx'

const said = { petName: 'Otto', orderNumber: 'SC0009', number: 2, actorName: 'Clara' }

test.each([
  ['order_received', 'SC0009'],
  ['review_changes_requested', 'By Clara, for version 2'],
] as const)('the second line of %s names the right number', async (kind, words) => {
  renderPart(<NotificationDetail item={{ kind, data: said } as unknown as NotificationView} />)
  expect(await screen.findByText(words)).toBeTruthy()
})

test.each([
  [{ settledBy: 'rule' }, 'One approval is enough now'],
  [{ settledBy: 'owner_left' }, 'Everybody who is still asked has approved it'],
  [said, 'By Clara'],
])('of an approval it names who approved, unless nobody did', async (data, words) => {
  renderPart(<NotificationDetail item={{ kind: 'review_approved', data } as unknown as NotificationView} />)
  expect(await screen.findByText(words)).toBeTruthy()
})
