import type { VersionView } from '@sparkle/shared/reviews'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { DecisionBar } from './decision-bar.tsx'

const version = {
  id: 'v1',
  number: 3,
  status: 'waiting',
  mayDecide: true,
  decisions: [],
  lookAt: null,
  approversLeft: null,
  points: ['The name is right', 'The ears are right'],
} as unknown as VersionView
const decided = { 'POST /versions/v1/decisions': () => ({ status: 201, body: version }) }
const bar = (of: VersionView, onDecided: () => void) => (
  <DecisionBar version={of} client asked={[]} openThreads={1} onDecided={onDecided} />
)

test('a customer ticks the studio’s points, all of them, before the approval goes out', async () => {
  const { calls } = await apiServer(decided)
  const onDecided = vi.fn<() => void>()
  const { user } = renderPart(bar(version, onDecided))
  await user.click(await screen.findByRole('button', { name: 'Approve' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Approve version 3?' }))
  dialog.getByText(/One comment is still open/)

  await user.click(dialog.getByRole('checkbox', { name: 'The ears are right' }))
  await user.click(dialog.getByRole('button', { name: 'Approve' }))
  await dialog.findByText('Tick every point, or ask for changes.')
  expect(calls).toEqual([])

  await user.click(dialog.getByRole('checkbox', { name: 'The name is right' }))
  await user.click(dialog.getByRole('button', { name: 'Approve' }))
  await waitFor(() => expect(onDecided).toHaveBeenCalledTimes(1))
  expect(calls.map(({ body }) => JSON.parse(body))).toEqual([
    { decision: 'approve', note: '', checklist: [], ticked: ['The ears are right', 'The name is right'] },
  ])
})

test('without a checklist one question is enough', async () => {
  const { calls } = await apiServer(decided)
  const onDecided = vi.fn<() => void>()
  const { user } = renderPart(bar({ ...version, points: [] }, onDecided))
  await user.click(await screen.findByRole('button', { name: 'Approve' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Approve' }))
  await waitFor(() => expect(onDecided).toHaveBeenCalledTimes(1))
  expect(calls).toHaveLength(1)
})

test('who decides for the customer says which points were confirmed', async () => {
  const { calls } = await apiServer(decided)
  const { user } = renderPart(<DecideDialog version={version} onBehalf open onOpenChange={() => undefined} />)
  await user.type(await screen.findByRole('textbox', { name: 'How the customer said it' }), 'On the phone')
  await user.click(screen.getByRole('checkbox', { name: 'The name is right' }))
  await user.click(screen.getByRole('button', { name: 'Record the decision' }))
  await waitFor(() => expect(calls).toHaveLength(1))
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ note: 'On the phone', ticked: ['The name is right'] })
})
