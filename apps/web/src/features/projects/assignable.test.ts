import type { UserView } from '@sparkle/shared/users'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { assignableQuery } from './api.ts'

test('a project can be given to everybody who draws, however many they are', async () => {
  const person = (id: string, status: UserView['status'] = 'active') => ({ id, status }) as UserView
  const pages = [
    { items: [person('a'), person('b', 'deactivated')], nextCursor: 'more' },
    { items: [person('c')], nextCursor: null },
  ]
  const { calls } = await apiServer({ 'GET /users': (_call, count) => ({ status: 200, body: pages[count] }) })
  const people = await new QueryClient().fetchQuery(assignableQuery)
  expect(people.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(calls.map(({ path }) => path)).toEqual([
    '/users?role=admin%2Cmanager%2Cartist&limit=100',
    '/users?role=admin%2Cmanager%2Cartist&limit=100&cursor=more',
  ])
})
