import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { act, screen, waitFor, within } from '@testing-library/react'
import { Link } from 'react-router-dom'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { problem } from '../../test/api-server.ts'
import { renderRoutes } from '../../test/render.tsx'
import { Button } from '../components/button.tsx'
import { FormField } from '../components/field.tsx'
import { Input } from '../components/input.tsx'
import { LeaveGuard } from '../components/leave-guard.tsx'
import { SaveProblem } from '../components/save-problem.tsx'
import { problemFrom } from './problem.ts'
import { useSavedForm } from './use-saved-form.ts'
import { useSyncExternalStore } from 'react'

interface Pet {
  version: number
  name: string
  food: string
}
const shape = z.object({ name: z.string().trim().min(1), food: z.string() })
const valuesOf = ({ name, food }: Pet) => ({ name, food })

/** What is stored, with a save that the test answers by hand. */
function setUp() {
  let stored: Pet = { version: 1, name: 'Rex', food: 'Fish' }
  const listeners = new Set<() => void>()
  const saves: {
    version: number
    values: Omit<Pet, 'version'>
    answer: (pet: Pet) => void
    refuse: (error: unknown) => void
  }[] = []
  const store = (pet: Pet) =>
    act(() => {
      stored = pet
      for (const listener of listeners) listener()
    })
  function PetForm() {
    const record = useSyncExternalStore(
      (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      () => stored,
    )
    const { form, isDirty, submit, takeOver, merging } = useSavedForm({
      record,
      valuesOf,
      resolver: zodResolver(shape),
    })
    const update = useMutation({
      mutationFn: ({ version, values }: { version: number; values: Omit<Pet, 'version'> }) =>
        new Promise<Pet>((answer, refuse) => saves.push({ version, values, answer, refuse })),
      meta: { quiet: true },
    })
    const save = () =>
      submit({ save: (values, _dirty, version) => update.mutateAsync({ version, values }), onSaved: () => undefined })
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <LeaveGuard when={isDirty} />
        <SaveProblem
          error={update.error}
          reload={async () => {
            takeOver(stored)
            update.reset()
          }}
          merging={merging}
          words={{ label: (name) => ({ name: 'Name', food: 'Food' })[name] ?? name }}
          save={() => void save()}
        />
        <FormField control={form.control} name="name" label="Name">
          {(field) => <Input {...field} />}
        </FormField>
        <FormField control={form.control} name="food" label="Food">
          {(field) => <Input {...field} />}
        </FormField>
        <Button type="submit">Save</Button>
        <p>{isDirty ? 'changed' : 'as stored'}</p>
        <Link to="/away">Away</Link>
      </form>
    )
  }
  const page = renderRoutes([
    { path: '/', element: <PetForm /> },
    { path: '/away', element: 'Gone' },
  ])
  const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
  const save = async () => {
    const count = saves.length
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(saves).toHaveLength(count + 1))
    return saves[count] as (typeof saves)[number]
  }
  return { ...page, saves, store, field, save, said: () => screen.queryByText('changed') !== null }
}

const stale = () => problemFrom({ status: 412, header: () => null, body: problem(412, 'stale') })

test('what is typed while a save is under way stays, is unsaved, and goes with the next save', async () => {
  const { user, field, save, said } = setUp()
  await user.type(field('Name'), 'y')
  const first = await save()
  await user.type(field('Name'), '!')
  await user.type(field('Food'), ' and rice')
  await act(async () => first.answer({ version: 2, name: 'Rexy', food: 'Fish' }))
  expect([field('Name').value, field('Food').value, said()]).toEqual(['Rexy!', 'Fish and rice', true])
  const second = await save()
  expect([first.version, second.version]).toEqual([1, 2])
  await act(async () => second.answer({ version: 3, name: 'Rexy!', food: 'Fish and rice' }))
  expect(said()).toBe(false)
})

test("other people's changes come into untouched fields, and the save goes on top of them", async () => {
  const { user, field, save, store } = setUp()
  await user.type(field('Name'), 'y')
  store({ version: 5, name: 'Rex', food: 'Rice' })
  expect([field('Name').value, field('Food').value]).toEqual(['Rexy', 'Rice'])
  expect((await save()).version).toBe(5)
})

test('the same field changed by two: refused, compared, and saved as somebody chose', async () => {
  const { user, field, save, saves, store, said } = setUp()
  await user.type(field('Name'), 'y')
  store({ version: 2, name: 'Max', food: 'Rice' })
  expect([field('Name').value, field('Food').value]).toEqual(['Rexy', 'Fish'])
  const first = await save()
  expect(first.version).toBe(1)
  await act(async () => first.refuse(stale()))
  await user.click(await screen.findByRole('button', { name: 'Compare' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Somebody else saved first' }))
  expect(dialog.getByText('Before: Rex')).toBeTruthy()
  expect(dialog.getByText('Also changed by them, and taken over: Food')).toBeTruthy()
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Save this' }).disabled).toBe(true)

  // Put off: nothing has changed, and the way back is there.
  await user.click(dialog.getByRole('button', { name: 'Not now' }))
  expect([field('Name').value, field('Food').value]).toEqual(['Rexy', 'Fish'])
  const second = await save()
  await act(async () => second.refuse(stale()))
  await user.click(await screen.findByRole('button', { name: 'Compare' }))
  await user.click(await screen.findByRole('radio', { name: 'Yours: Rexy' }))
  await user.click(screen.getByRole('button', { name: 'Save this' }))
  await waitFor(() => expect(saves).toHaveLength(3))
  expect(saves[2]).toMatchObject({ version: 2, values: { name: 'Rexy', food: 'Rice' } })
  await act(async () => saves[2]?.answer({ version: 3, name: 'Rexy', food: 'Rice' }))
  expect([field('Name').value, said()]).toEqual(['Rexy', false])
})

test('theirs may be chosen: what was typed there is gone, and nothing else', async () => {
  const { user, field, save, saves, store } = setUp()
  await user.type(field('Name'), 'y')
  await user.type(field('Food'), ' and rice')
  store({ version: 2, name: 'Max', food: 'Fish' })
  const first = await save()
  await act(async () => first.refuse(stale()))
  await user.click(await screen.findByRole('button', { name: 'Compare' }))
  await user.click(await screen.findByRole('radio', { name: 'Theirs: Max' }))
  await user.click(screen.getByRole('button', { name: 'Save this' }))
  await waitFor(() => expect(saves).toHaveLength(2))
  expect(saves[1]).toMatchObject({ version: 2, values: { name: 'Max', food: 'Fish and rice' } })
})

test('leaving asks while something is unsaved, and only then', async () => {
  const { user, field, path } = setUp()
  await user.type(field('Name'), 'y')
  const leaving = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leaving)
  expect(leaving.defaultPrevented).toBe(true)
  await user.click(screen.getByRole('link', { name: 'Away' }))
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect([path(), field('Name').value]).toEqual(['/', 'Rexy'])

  await user.type(field('Name'), '{Backspace}')
  const free = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(free)
  expect(free.defaultPrevented).toBe(false)
  await user.click(screen.getByRole('link', { name: 'Away' }))
  await waitFor(() => expect(path()).toBe('/away'))
})
