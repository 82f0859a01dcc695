import { mostBulkItems } from '@sparkle/shared/project-bulk'
import type { ProjectView } from '@sparkle/shared/projects'
import { expect, test, vi } from 'vitest'
import { send, undoOf } from './bulk.ts'

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

test('what was done before a request failed is still told, and the rest counts as refused', async () => {
  const items = Array.from({ length: mostBulkItems + 1 }, (_, i) => ({ id: `p${i}`, version: 1, change: {} }))
  const done = { results: items.slice(0, -1).map(({ id }) => ({ id, status: 200, version: 2 })) }
  const failure = { status: 409, code: 'studio.closed', title: 'Conflict', detail: 'Try again.' }
  const answers = [
    Response.json(done),
    Response.json(failure, { status: 409 }),
    Response.json(failure, { status: 409 }),
  ]
  vi.stubGlobal('fetch', async () => answers.shift())
  try {
    const progress: number[] = []
    const { results } = await send(items, (count) => progress.push(count))
    expect(results).toHaveLength(items.length)
    expect(progress).toEqual([0, mostBulkItems])
    expect(results.at(-1)).toEqual({ id: items.at(-1)?.id, status: 409, code: 'studio.closed', detail: 'Try again.' })
    await expect(send(items)).rejects.toThrow('Try again.')
  } finally {
    vi.unstubAllGlobals()
  }
})
