import { expect, test } from 'vitest'
import type { UrlStatus } from '@sparkle/shared/urls'
import { addressActions } from './address-actions.ts'

const now = new Date('2026-06-01T12:00:00Z')
const kept = { deletedAt: null, packageType: 'custom' as const }
const deleted = { ...kept, deletedAt: '2026-01-01T00:00:00Z' }
const url = (status: UrlStatus, expiresAt = '2028-01-01T00:00:00.000Z') => ({
  status,
  reservedAt: '2026-05-20T00:00:00.000Z',
  expiresAt,
})
const deploy = (buildId: string) => ({ kind: 'deploy' as const, buildId })
const back = (buildId: string) => ({ kind: 'rollback' as const, buildId })
/** Written oldest first, as things happen. */
const history = (...items: (ReturnType<typeof deploy> | ReturnType<typeof back>)[]) => ({
  items: items.toReversed(),
  hasMore: false,
})
const two = history(deploy('1'), deploy('2'))

test('a live address of a project that is there can be changed in every way', () => {
  expect(addressActions(url('active', '2026-07-01T00:00:00Z'), kept, two, now)).toEqual({
    deploy: true,
    rename: true,
    rollBack: true,
    renew: { from: new Date('2026-05-02T00:00:00Z'), until: new Date('2028-07-01T00:00:00Z') },
  })
})

test('what the API would refuse is not offered', () => {
  expect(addressActions(url('active'), deleted, two, now).deploy).toBe(false)
  expect(addressActions(url('expired'), kept, two, now)).toMatchObject({
    deploy: false,
    rename: false,
    rollBack: false,
  })
  expect(addressActions(url('reserved'), kept, two, now).rollBack).toBe(false)
})

test.each([
  [false, history(deploy('1'))],
  [false, history(deploy('1'), deploy('2'), back('1'))],
  [true, history(deploy('1'), deploy('2'), deploy('3'), back('2'))],
  [true, { items: [deploy('9')], hasMore: true }],
  [false, null],
])('rolling back is offered: %s', (offered, past) => {
  expect(addressActions(url('active'), kept, past, now).rollBack).toBe(offered)
})

test.each([
  ['active', '2026-07-31T12:00:00Z', '2028-07-31T12:00:00.000Z'],
  ['active', '2026-07-31T12:00:01Z', undefined],
  ['expired', '2026-01-01T00:00:00Z', '2028-06-01T12:00:00.000Z'],
  ['reserved', '2026-06-19T00:00:00Z', '2026-07-19T00:00:00.000Z'],
  ['reserved', '2026-07-19T00:00:00Z', undefined],
  ['deleted', '2026-06-19T00:00:00Z', undefined],
] as const)('an address that is %s until %s may be renewed until %s', (status, end, until) => {
  expect(addressActions(url(status, end), kept, two, now).renew?.until.toISOString()).toBe(until)
})
