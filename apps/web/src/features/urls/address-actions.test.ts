import { expect, test } from 'vitest'
import { addressActions } from './address-actions.ts'

const kept = { deletedAt: null }
const deleted = { deletedAt: '2026-01-01T00:00:00Z' }
const deploy = (buildId: string) => ({ kind: 'deploy' as const, buildId })
const back = (buildId: string) => ({ kind: 'rollback' as const, buildId })
/** Written oldest first, as things happen. */
const history = (...items: (ReturnType<typeof deploy> | ReturnType<typeof back>)[]) => ({
  items: items.toReversed(),
  hasMore: false,
})
const two = history(deploy('1'), deploy('2'))

test('a live address of a project that is there can be changed in every way', () => {
  expect(addressActions({ status: 'active' }, kept, two)).toEqual({ deploy: true, rename: true, rollBack: true })
})

test('what the API would refuse is not offered', () => {
  expect(addressActions({ status: 'active' }, deleted, two).deploy).toBe(false)
  expect(addressActions({ status: 'expired' }, kept, two)).toEqual({ deploy: false, rename: false, rollBack: false })
  expect(addressActions({ status: 'reserved' }, kept, two).rollBack).toBe(false)
})

test.each([
  [false, history(deploy('1'))],
  [false, history(deploy('1'), deploy('2'), back('1'))],
  [true, history(deploy('1'), deploy('2'), deploy('3'), back('2'))],
  [true, { items: [deploy('9')], hasMore: true }],
  [false, null],
])('rolling back is offered: %s', (offered, past) => {
  expect(addressActions({ status: 'active' }, kept, past).rollBack).toBe(offered)
})
