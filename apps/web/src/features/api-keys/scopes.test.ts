import { allows, rolePermissions, type Permission } from '@sparkle/shared/permissions'
import { describe, expect, test } from 'vitest'
import { readOnly, resourcesOf, scopeGroups } from './scopes.ts'

const of = (own: readonly string[]) => (one: Permission) => allows(own, one)

describe('what is offered for a key', () => {
  test('is what the person may do themselves, by resource', () => {
    const groups = scopeGroups(of(rolePermissions.moderator))
    expect(groups.map(({ resource }) => resource)).toEqual(['studio', 'projects', 'activity', 'reviews', 'moderation'])
    expect(groups.find(({ resource }) => resource === 'projects')?.permissions).toEqual(['projects:read'])
  })

  test('is never the platform nor keys, not even for an admin', () => {
    const resources = scopeGroups(of(rolePermissions.admin)).map(({ resource }) => resource)
    expect(resources).toContain('users')
    expect(resources).not.toContain('platform')
    expect(resources).not.toContain('api-keys')
  })

  test('for reading only, changes nothing', () => {
    expect(readOnly(scopeGroups(of(['projects:*', 'time:own'])))).toEqual(['projects:read'])
  })
})

test('a list names the resources a key reaches, each once', () => {
  expect(resourcesOf(['projects:read', 'projects:update', 'urls:*'])).toEqual(['projects', 'urls'])
  expect(resourcesOf(['projects:read', '*'])).toBeNull()
})
