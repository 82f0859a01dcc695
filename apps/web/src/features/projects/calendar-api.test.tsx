import type { ProjectView } from '@sparkle/shared/projects'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { I18n } from '../../lib/i18n.tsx'
import { calendarQuery, unscheduledQuery, useReschedule } from './calendar-api.ts'

test('a card that is carried on before the first move is stored is moved twice, each time on the newest version', async () => {
  const project = { id: 'a', petName: 'Rex', version: 1, deadline: '2027-01-05' } as ProjectView
  const { calls } = await apiServer({
    'PATCH /projects/a': ({ body }, count) => ({
      status: 200,
      body: { ...project, ...(JSON.parse(body) as object), version: count + 2 },
    }),
  })
  const client = new QueryClient()
  const { queryKey } = calendarQuery({ from: '2026-12-28', before: '2027-02-01' })
  client.setQueryData(queryKey, { projects: [project], isWhole: true })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <I18n>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </I18n>
  )
  const { result } = renderHook(() => useReschedule(), { wrapper })
  act(() => {
    result.current.mutate({ project, deadline: '2027-01-06' })
    result.current.mutate({ project: { ...project, deadline: '2027-01-06' }, deadline: '2027-01-07' })
  })
  await waitFor(() => expect(client.getQueryData(queryKey)?.projects[0]).toMatchObject({ version: 3 }))
  expect(calls.map(({ headers }) => headers['if-match'])).toEqual(['"v1"', '"v2"'])
  expect(client.getQueryData(queryKey)?.projects[0]?.deadline).toBe('2027-01-07')
})

test('projects without a deadline are read fifty at first, and on by pages no larger than the API gives', async () => {
  const all = Array.from({ length: 170 }, (_, index) => ({ id: `p${index}` }) as ProjectView)
  const { calls } = await apiServer({
    'GET /projects': ({ path }) => {
      const query = new URLSearchParams(path.split('?')[1])
      const start = Number(query.get('cursor') ?? 0)
      const end = start + Number(query.get('limit'))
      const nextCursor = end < all.length ? String(end) : null
      return { status: 200, body: { items: all.slice(start, end), nextCursor, total: all.length } }
    },
  })
  const client = new QueryClient()
  const read = async (most?: number) => {
    const { projects, ...rest } = await client.fetchQuery(unscheduledQuery(undefined, most))
    return { shown: projects.length, ...rest }
  }
  expect(await read()).toEqual({ shown: 50, total: 170, hasMore: true })
  expect(await read(150)).toEqual({ shown: 150, total: 170, hasMore: true })
  expect(await read(200)).toEqual({ shown: 170, total: 170, hasMore: false })
  expect(calls.map(({ path }) => /limit=(\d+)/.exec(path)?.[1])).toEqual(['50', '100', '50', '100', '100'])
})
