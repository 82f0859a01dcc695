import { describe, expect, test } from 'vitest'
import { decide, deniedProjects, dependsOnResource, type Grant, type Resource, type Subject } from './decide.ts'
import {
  permissionNames,
  rolePermissions,
  roles,
  type Role,
  studioPermissions,
  superAdminPermissions,
} from './permissions.ts'

const account = 'account'
function person(role: Role | null, more: Partial<Subject> = {}): Subject {
  const accountId = role === 'owner' || role === 'member' ? account : null
  return { userId: 'me', role, accountId, permissions: role ? rolePermissions[role] : [], ...more }
}
function grant(effect: Grant['effect'], permission: string, more: Partial<Grant> = {}): Grant {
  return { id: `${effect} ${permission}`, effect, permission, projectId: null, assetId: null, expiresAt: null, ...more }
}
const may = (subject: Subject, action: (typeof permissionNames)[number], resource?: Resource) =>
  decide(subject, action, resource).allowed
const rulesOf = (...question: Parameters<typeof decide>) => decide(...question).steps.map(({ rule }) => rule)

test('without grants and resources the role decides, for every role and permission', () => {
  for (const role of roles)
    for (const action of studioPermissions) {
      const patterns = rolePermissions[role]
      const expected = patterns.some((one) => one === '*' || one === action || one === `${action.split(':')[0]}:*`)
      expect([role, action, may(person(role), action)]).toEqual([role, action, expected])
    }
})

test('the platform and the studios are apart', () => {
  const operator = person(null, { permissions: superAdminPermissions })
  for (const action of permissionNames) {
    expect(may(operator, action)).toBe(action.startsWith('platform:'))
    expect(may(person(null), action)).toBe(false)
    if (action.startsWith('platform:'))
      expect(may(person('admin', { grants: [grant('allow', action)] }), action)).toBe(false)
  }
})

describe('the order of the rules', () => {
  const both = [grant('allow', 'urls:deploy'), grant('deny', 'urls:*')]

  test('a denial wins over a grant and over the role of an admin', () => {
    expect(may(person('admin', { grants: both }), 'urls:deploy')).toBe(false)
    expect(may(person('admin', { grants: both }), 'projects:read')).toBe(true)
    expect(rulesOf(person('admin', { grants: both }), 'urls:deploy')).toEqual(['denial'])
  })

  test('a grant gives what the role does not, and frees an artist of the assignment', () => {
    const others = { projectId: 'p', assignedArtistId: 'somebody else' }
    expect(may(person('artist'), 'urls:deploy')).toBe(false)
    expect(may(person('artist', { grants: [grant('allow', 'urls:deploy')] }), 'urls:deploy', others)).toBe(true)
    expect(decide(person('artist'), 'assets:update', others).steps.at(-1)).toMatchObject({
      rule: 'assigned',
      effect: 'deny',
    })
    const freed = person('artist', { grants: [grant('allow', 'assets:update', { projectId: 'p' })] })
    expect(may(freed, 'assets:update', others)).toBe(true)
    expect(may(freed, 'assets:update', { ...others, projectId: 'q' })).toBe(false)
    expect(may(freed, 'assets:delete', others)).toBe(false)
  })

  test('a key reaches no further than its scopes, whatever its owner was granted', () => {
    const key = person('manager', { scopes: ['projects:read'], grants: [grant('allow', 'users:update')] })
    expect([may(key, 'projects:read'), may(key, 'projects:update'), may(key, 'users:update')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

test('what names a project or an asset counts there and nowhere else', () => {
  const denied = person('manager', { grants: [grant('deny', 'projects:update', { projectId: 'p' })] })
  expect(may(denied, 'projects:update')).toBe(true)
  expect(may(denied, 'projects:update', { projectId: 'p' })).toBe(false)
  expect(may(denied, 'projects:update', { projectId: 'q' })).toBe(true)
  expect(deniedProjects(denied, 'projects:update')).toEqual(['p'])
  expect(deniedProjects(denied, 'projects:read')).toEqual([])
  expect([dependsOnResource(denied, 'projects:update'), dependsOnResource(denied, 'projects:read')]).toEqual([
    true,
    false,
  ])

  const granted = person('moderator', { grants: [grant('allow', 'assets:read', { assetId: 'a' })] })
  expect(may(granted, 'assets:read')).toBe(false)
  expect(may(granted, 'assets:read', { projectId: 'p', assetId: 'a' })).toBe(true)
  expect(may(granted, 'assets:read', { projectId: 'p', assetId: 'b' })).toBe(false)
})

test('a grant ends by the clock, to the microsecond of its row', () => {
  const lent = person('artist', {
    grants: [grant('allow', 'urls:deploy', { expiresAt: '2026-11-21T12:00:00.000000Z' })],
  })
  const noon = Date.parse('2026-11-21T12:00:00Z')
  expect(decide(lent, 'urls:deploy', {}, noon - 1).allowed).toBe(true)
  expect(decide(lent, 'urls:deploy', {}, noon).allowed).toBe(false)
})

test('customers stay in their account and do what customers do, granted or not', () => {
  const own = { projectId: 'p', accountId: account }
  expect(may(person('member'), 'projects:read', own)).toBe(true)
  expect(may(person('member'), 'projects:read', { ...own, accountId: 'other' })).toBe(false)
  expect(may(person('member'), 'projects:read', { ...own, accountId: null })).toBe(false)
  const pushed = person('member', { grants: [grant('allow', 'projects:*'), grant('allow', 'reviews:approve')] })
  expect(may(pushed, 'projects:read', { ...own, accountId: 'other' })).toBe(false)
  expect(may(pushed, 'projects:update', own)).toBe(false)
  expect([may(person('member'), 'reviews:approve', own), may(pushed, 'reviews:approve', own)]).toEqual([false, true])
})
