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
