import { expect, test } from 'vitest'
import { assertAdminRemains, assertOpen, assertStaff } from './users.rules.ts'

test('the last admin stays one', () => {
  expect(() => assertAdminRemains(['a'], 'a')).toThrow(expect.objectContaining({ code: 'user.last_admin' }))
  expect(() => assertAdminRemains(['a', 'b'], 'a')).not.toThrow()
  expect(() => assertAdminRemains(['a'], 'somebody else')).not.toThrow()
})

test('customers get no role of the team', () => {
  expect(() => assertStaff('member')).toThrow(expect.objectContaining({ code: 'user.is_customer' }))
  expect(() => assertStaff('artist')).not.toThrow()
})

test('an invitation is open until it is used, withdrawn or a week old', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const open = { acceptedAt: null, revokedAt: null, expiresAt: '2026-11-21T12:00:00.000001Z' }
  expect(() => assertOpen({ ...open, expiresAt: '2026-11-21T12:00:01Z' }, now)).not.toThrow()
  expect(() => assertOpen({ ...open, expiresAt: '2026-11-21T12:00:00Z' }, now)).toThrow(
    expect.objectContaining({ code: 'invite.expired', kind: 'gone' }),
  )
  expect(() => assertOpen({ ...open, acceptedAt: '2026-11-20T12:00:00Z' }, now)).toThrow(
    expect.objectContaining({ code: 'invite.used' }),
  )
  expect(() => assertOpen({ ...open, revokedAt: '2026-11-20T12:00:00Z' }, now)).toThrow(
    expect.objectContaining({ code: 'invite.not_found' }),
  )
})
