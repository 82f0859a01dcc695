import { expect, test } from 'vitest'
import { extentOf, rightNames } from './role-rights.ts'

test('the matrix says what the table of permissions says', () => {
  expect(rightNames.filter((right) => extentOf('admin', right) !== 'yes')).toEqual([])
  expect(extentOf('manager', 'urlsDeploy')).toBe('yes')
  expect(extentOf('manager', 'usersUpdate')).toBe('no')
  expect(extentOf('artist', 'projectsUpdate')).toBe('own')
  expect(extentOf('artist', 'urlsDeploy')).toBe('no')
  expect(rightNames.filter((right) => extentOf('moderator', right) === 'yes')).toEqual([
    'projectsRead',
    'moderationDecide',
  ])
})
