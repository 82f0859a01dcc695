import type { ProjectView } from '@sparkle/shared/projects'
import { expect, test } from 'vitest'
import { withProject, type CachedList } from './cached-lists.ts'

const project = (id: string, status: ProjectView['status']) => ({ id, status, petName: id }) as ProjectView
const list = (...pages: ProjectView[][]): CachedList => ({
  pageParams: [null],
  pages: pages.map((items) => ({ items, nextCursor: null, total: pages.flat().length })),
})
const idsOf = ({ pages }: CachedList) => pages.map(({ items }) => items.map(({ id }) => id))

test('a moved card leaves its old column and heads the new one, and both counts follow', () => {
  const moved = project('b', 'review')
  const from = withProject(list([project('a', 'backlog')], [project('b', 'backlog')]), { status: 'backlog' }, moved)
  expect(idsOf(from)).toEqual([['a'], []])
  expect(from.pages.map(({ total }) => total)).toEqual([1, 1])
  const to = withProject(list([project('c', 'review')]), { status: 'review' }, moved)
  expect(idsOf(to)).toEqual([['b', 'c']])
  expect(to.pages[0]?.total).toBe(2)
})

test('a change within a list replaces the card where it is', () => {
  const renamed = { ...project('a', 'backlog'), petName: 'Zoe' }
  const after = withProject(list([project('a', 'backlog'), project('b', 'backlog')]), { status: 'backlog' }, renamed)
  expect(after.pages[0]?.items.map(({ petName }) => petName)).toEqual(['Zoe', 'b'])
})

test('a list of several statuses keeps a card that moves between them', () => {
  const after = withProject(list([project('a', 'backlog')]), { status: 'backlog,review' }, project('a', 'review'))
  expect(after.pages[0]?.items[0]?.status).toBe('review')
})

test('a list with more filters than the status does not guess who newly belongs', () => {
  const before = list([project('c', 'review')])
  expect(withProject(before, { status: 'review', q: 'c' }, project('b', 'review'))).toBe(before)
})
