import { describe, expect, test } from 'vitest'
import { allows, rolePermissions } from '@sparkle/shared/permissions'
import { assertOwnScopes, keyEnd } from './api-keys.rules.ts'

const now = new Date('2026-11-21T12:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()

describe('the end of a key', () => {
  test('is 90 days away, or as wished within a year', () => {
    expect(keyEnd(undefined, false, now)).toBe(inDays(90))
    expect(keyEnd(inDays(366), false, now)).toBe(inDays(366))
    expect(() => keyEnd(inDays(367), true, now)).toThrow(expect.objectContaining({ code: 'api_key.too_long' }))
    expect(() => keyEnd(inDays(0), true, now)).toThrow(expect.objectContaining({ code: 'api_key.ends_in_past' }))
  })

  test('is never only for who manages keys, and only when it is said', () => {
    expect(keyEnd(null, true, now)).toBeNull()
    expect(keyEnd(undefined, true, now)).toBe(inDays(90))
    expect(() => keyEnd(null, false, now)).toThrow(expect.objectContaining({ code: 'api_key.endless' }))
  })
})

describe('the scopes of a key', () => {
  test.each([
    [['projects:read'], true],
    [['projects:*', 'time:*'], true],
    [['users:*'], false],
    [['*'], false],
    [['projects:read', 'studio:update'], false],
  ])('a manager may give %j: %s', (scopes, may) => {
    const give = () => assertOwnScopes(scopes, (one) => allows(rolePermissions.manager, one))
    if (may) expect(give).not.toThrow()
    else expect(give).toThrow(expect.objectContaining({ code: 'api_key.scope_not_yours' }))
  })

  test('an admin may give everything', () =>
    expect(() => assertOwnScopes(['*'], (one) => allows(['*'], one))).not.toThrow())
})
