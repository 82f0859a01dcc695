import type { ReviewDecision, VersionView } from '@sparkle/shared/reviews'
import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { reviewQueries } from './api.ts'
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
function Bar({ of, onDecided }: { of: VersionView; onDecided: () => void }) {
  const [deciding, setDeciding] = useState<ReviewDecision | null>(null)
  const rest = { deciding, onDeciding: setDeciding, onDecided }
  return <DecisionBar version={of} person="p1" client asked={[]} openThreads={1} {...rest} />
}
const bar = (of: VersionView, onDecided: () => void) => <Bar of={of} onDecided={onDecided} />

/** The bar of a version that is read anew after each change, as on its page. */
function Reloading({ versions, onDecided }: { versions: () => VersionView; onDecided: () => void }) {
  const { data } = useQuery({ queryKey: [...reviewQueries.all, 'detail', 'v1'], queryFn: versions })
  return data && bar(data, onDecided)
}

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

test('where the studio changes its list meanwhile, what is new is marked and the ticks stay', async () => {
  const changed = { ...version, points: ['The ears are right', 'The colours are right'] }
  let shown = version
  const { calls } = await apiServer({
    'POST /versions/v1/decisions': (_call, count) =>
      count === 0 ? { status: 422, body: problem(422, 'review.unknown_point') } : { status: 201, body: version },
  })
  const onDecided = vi.fn<() => void>()
  const { user } = renderPart(<Reloading versions={() => shown} onDecided={onDecided} />)
  await user.click(await screen.findByRole('button', { name: 'Approve' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Approve version 3?' }))
  for (const name of version.points) await user.click(dialog.getByRole('checkbox', { name }))
  shown = changed
  await user.click(dialog.getByRole('button', { name: 'Approve' }))

  await dialog.findByText(/The studio has changed this list meanwhile/)
  const fresh = await dialog.findByRole('checkbox', { name: 'The colours are right New' })
  expect(dialog.getByRole('checkbox', { name: 'The ears are right' })).toHaveProperty('ariaChecked', 'true')
  expect(dialog.queryByRole('checkbox', { name: 'The name is right' })).toBeNull()
  expect(dialog.queryByText('Refused: review.unknown_point.')).toBeNull()

  await user.click(fresh)
  await user.click(dialog.getByRole('button', { name: 'Approve' }))
  await waitFor(() => expect(onDecided).toHaveBeenCalledTimes(1))
  expect(JSON.parse(calls.at(-1)?.body ?? '')).toMatchObject({
    ticked: ['The ears are right', 'The colours are right'],
  })
})

test('where the studio makes a list while a customer approves, it is shown', async () => {
  await apiServer({
    'POST /versions/v1/decisions': () => ({ status: 422, body: problem(422, 'review.points_open') }),
  })
  let shown = { ...version, points: [] as string[] }
  const { user } = renderPart(<Reloading versions={() => shown} onDecided={() => undefined} />)
  await user.click(await screen.findByRole('button', { name: 'Approve' }))
  shown = version
  const dialog = within(await screen.findByRole('dialog', { name: 'Approve version 3?' }))
  await user.click(dialog.getByRole('button', { name: 'Approve' }))
  await dialog.findByText(/The studio has changed this list meanwhile/)
  expect(await dialog.findAllByRole('checkbox')).toHaveLength(2)
})

test('without a checklist one question is enough', async () => {
  const { calls } = await apiServer({
    'POST /versions/v1/decisions': (_call, count) =>
      count === 0 ? { status: 409, body: problem(409, 'review.superseded') } : { status: 201, body: version },
  })
  const onDecided = vi.fn<() => void>()
  const { user } = renderPart(bar({ ...version, points: [] }, onDecided))
  await user.click(await screen.findByRole('button', { name: 'Approve' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Approve version 3?' }))
  expect(dialog.queryByRole('group')).toBeNull()
  await user.click(dialog.getByRole('button', { name: 'Approve' }))
  await dialog.findByText('Refused: review.superseded.')
  expect(onDecided).not.toHaveBeenCalled()
  await user.click(dialog.getByRole('button', { name: 'Approve' }))
  await waitFor(() => expect(onDecided).toHaveBeenCalledTimes(1))
  expect(calls).toHaveLength(2)
})

test('who decides for the customer says which points were confirmed', async () => {
  const { calls } = await apiServer(decided)
  const { user } = renderPart(
    <DecideDialog version={version} person="p1" onBehalf open onOpenChange={() => undefined} />,
  )
  await user.type(await screen.findByRole('textbox', { name: 'How the customer said it' }), 'On the phone')
  await user.click(screen.getByRole('checkbox', { name: 'The name is right' }))
  await user.click(screen.getByRole('button', { name: 'Record the decision' }))
  await waitFor(() => expect(calls).toHaveLength(1))
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ note: 'On the phone', ticked: ['The name is right'] })
})

test('wishes are there again after the page was left, until they are sent', async () => {
  const { calls } = await apiServer(decided)
  const left = renderPart(bar(version, () => undefined))
  await left.user.click(await screen.findByRole('button', { name: 'Ask for changes' }))
  await left.user.type(await screen.findByRole('textbox', { name: 'What should change' }), 'Longer ears')
  left.unmount()

  const { user, unmount } = renderPart(bar(version, () => undefined))
  await user.click(await screen.findByRole('button', { name: 'Ask for changes' }))
  expect(await screen.findByRole('textbox', { name: 'What should change' })).toHaveProperty('value', 'Longer ears')
  await user.click(screen.getByRole('button', { name: 'Send the wishes' }))
  await waitFor(() => expect(calls).toHaveLength(1))
  unmount()

  const again = renderPart(bar(version, () => undefined))
  await again.user.click(await screen.findByRole('button', { name: 'Ask for changes' }))
  expect(await screen.findByRole('textbox', { name: 'What should change' })).toHaveProperty('value', '')
})

test('ticks are there again after the page was left, until they are sent', async () => {
  const { calls } = await apiServer(decided)
  const approve = async ({ user }: ReturnType<typeof renderPart>) => {
    await user.click(await screen.findByRole('button', { name: 'Approve' }))
    return within(await screen.findByRole('dialog', { name: 'Approve version 3?' }))
  }
  const ticks = (dialog: ReturnType<typeof within>) =>
    dialog.getAllByRole('checkbox').map((box: HTMLElement) => box.ariaChecked === 'true')
  const left = renderPart(bar(version, () => undefined))
  await left.user.click((await approve(left)).getByRole('checkbox', { name: 'The ears are right' }))
  left.unmount()

  const again = renderPart(bar(version, () => undefined))
  const dialog = await approve(again)
  expect(ticks(dialog)).toEqual([false, true])
  await again.user.click(dialog.getByRole('checkbox', { name: 'The name is right' }))
  await again.user.click(dialog.getByRole('button', { name: 'Approve' }))
  await waitFor(() => expect(calls).toHaveLength(1))
  again.unmount()

  expect(ticks(await approve(renderPart(bar(version, () => undefined))))).toEqual([false, false])
})
