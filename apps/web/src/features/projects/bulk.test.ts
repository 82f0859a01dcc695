import type { ProjectView } from '@sparkle/shared/projects'
import { expect, test } from 'vitest'
import { undoOf } from './bulk.ts'

const project = (id: string, more: Partial<ProjectView>) =>
  ({ id, status: 'backlog', priority: 'normal', deadline: null, archivedAt: null, ...more }) as ProjectView

test('undoing gives each changed project the value it had, and leaves refused ones alone', () => {
  const projects = [project('a', { priority: 'low' }), project('b', {}), project('c', { archivedAt: 'then' })]
  const results = [
    { id: 'a', status: 200, version: 3 },
    { id: 'b', status: 412, code: 'version.stale' },
    { id: 'c', status: 200, version: 9 },
  ]
  expect(undoOf({ projects, change: { priority: 'urgent', archived: false } }, { results })).toEqual([
    { id: 'a', version: 3, change: { priority: 'low', archived: false } },
    { id: 'c', version: 9, change: { priority: 'normal', archived: true } },
  ])
})
