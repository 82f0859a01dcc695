import { describe, expect, test } from 'vitest'
import { approvedBuilds, lookAtOf, moveAfter, outcomeOf, wayToReview } from './reviews.rules.ts'

const yes = (userId: string, onBehalf = false) => ({ userId, decision: 'approve' as const, onBehalf })
const no = (userId: string) => ({ userId, decision: 'request_changes' as const, onBehalf: false })

describe('what decisions come to', () => {
  test.each([
    ['one is enough', 'one', ['ann', 'ben'], [yes('ann')], 'approved'],
    ['nobody has', 'one', ['ann'], [], null],
    ['one of two is not all', 'all', ['ann', 'ben'], [yes('ann')], null],
    ['two of two are', 'all', ['ann', 'ben'], [yes('ann'), yes('ben')], 'approved'],
    ['whoever left is not waited for', 'all', ['ann'], [yes('ann')], 'approved'],
    ['the studio records for all', 'all', ['ann', 'ben'], [yes('manager', true)], 'approved'],
    ['one wish stops it', 'all', ['ann', 'ben'], [yes('ann'), no('ben')], 'changes_requested'],
  ] as const)('%s', (_name, rule, owners, decisions, outcome) => {
    expect(outcomeOf(rule, owners, decisions)).toBe(outcome)
  })
})

test('the newest sent version is looked at, unless one is approved', () => {
  const version = (number: number, status: 'draft' | 'waiting' | 'approved' | 'changes_requested') => ({
    id: `v${number}`,
    number,
    status,
  })
  const [first, second] = [version(1, 'changes_requested'), version(2, 'waiting')]
  expect(lookAtOf([version(1, 'draft')])).toBeNull()
  expect(lookAtOf([first, second, version(3, 'draft')])).toEqual({ versionId: 'v2', number: 2, because: 'newest' })
  expect(lookAtOf([version(1, 'approved'), second])).toEqual({ versionId: 'v1', number: 1, because: 'approved' })
})

test('the last word on the same bytes counts', () => {
  const build = (number: number, digest: string, status: 'approved' | 'changes_requested') => ({
    versionId: `v${number}`,
    number,
    buildId: `b${number}`,
    digest,
    status,
  })
  const settled = [build(4, 'b', 'approved'), build(3, 'a', 'changes_requested'), build(2, 'a', 'approved')]
  expect(approvedBuilds(settled).map(({ number }) => number)).toEqual([4])
  expect(approvedBuilds(settled.slice(2)).map(({ number }) => number)).toEqual([2])
})

test('an approved game completes the project, a part lets the work go on', () => {
  expect(moveAfter('approved', 'build', 'review', false)).toBe('complete')
  expect(moveAfter('approved', 'sprite', 'review', false)).toBe('in_progress')
  expect(moveAfter('approved', 'sprite', 'review', true)).toBeNull()
  expect(moveAfter('changes_requested', 'build', 'review', true)).toBe('in_progress')
  expect(moveAfter('approved', 'build', 'in_progress', false)).toBeNull()
  expect(wayToReview('backlog')).toEqual(['in_progress', 'review'])
  expect(wayToReview('on_hold')).toBeUndefined()
})
