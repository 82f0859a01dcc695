import { expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { createTurns } from './turns.ts'

test('two run at a time, the rest wait in line, and a third in line is refused', async () => {
  const busy = () => new AppError('unavailable', 'test.busy', 'Later.')
  const takeTurn = createTurns({ atOnce: 2, longestQueue: 2, busy })
  const began: string[] = []
  const ends = new Map<string, (failed?: Error) => void>()
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      began.push(name)
      ends.set(name, (failed) => (failed ? reject(failed) : resolve(name)))
    })
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => takeTurn(work(name)))
  await expect(takeTurn(work('e'))).rejects.toMatchObject({ code: 'test.busy' })
  expect(began).toEqual(['a', 'b'])

  // A place is handed on also where the work failed, and nobody overtakes who waits.
  ends.get('a')?.(new Error('a failed'))
  await expect(a).rejects.toThrow('a failed')
  const late = takeTurn(work('late'))
  expect(began).toEqual(['a', 'b', 'c'])
  for (const name of ['b', 'c', 'd', 'late']) {
    await expect.poll(() => ends.has(name)).toBe(true)
    ends.get(name)?.()
  }
  expect(await Promise.all([b, c, d, late])).toEqual(['b', 'c', 'd', 'late'])
})

test('one caller has so many at a time, and the place comes back', async () => {
  const busy = () => new AppError('unavailable', 'test.busy', 'Later.')
  const takeTurn = createTurns({ atOnce: 1, longestQueue: 9, perCaller: 2, busy })
  let end = () => {}
  const first = takeTurn(() => new Promise<void>((resolve) => (end = resolve)), 'ann')
  const second = takeTurn(() => Promise.reject(new Error('failed')), 'ann')
  await expect(takeTurn(async () => {}, 'ann')).rejects.toMatchObject({ code: 'test.busy' })
  const other = takeTurn(async () => 'taken', 'ben')
  end()
  await first
  await expect(second).rejects.toThrow('failed')
  expect(await other).toBe('taken')
  expect(await takeTurn(async () => 'again', 'ann')).toBe('again')
})
