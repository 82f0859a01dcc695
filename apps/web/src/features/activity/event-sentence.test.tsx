import type { EventView } from '@sparkle/shared/events'
import { expect, test } from 'vitest'
import { renderPart } from '../../../test/render.tsx'
import { EventSentence } from './event-sentence.tsx'

const approved: EventView = {
  seq: 1,
  id: 'e1',
  type: 'review:approved',
  at: '2026-11-21T09:00:00.000000Z',
  projectId: 'p1',
  actor: { id: 'mia', name: 'Mia' },
  data: { number: 3, deliverable: 'build', petName: 'Otto' },
}

test.each([
  [null, 'Mia approved version 3 of the game of Otto'],
  ['rule', 'Version 3 of the game of Otto counts as approved: one approval is enough now'],
  ['owner_left', 'Version 3 of the game of Otto counts as approved: everybody who is still asked has approved it'],
])('an approval is told of by who made it, or by what it came of (%s)', async (settledBy, words) => {
  const event = { ...approved, data: { ...approved.data, settledBy } }
  const { container } = renderPart(
    <p>
      <EventSentence event={event} linked />
    </p>,
  )
  await expect.poll(() => container.querySelector('p')?.textContent).toBe(words)
})
