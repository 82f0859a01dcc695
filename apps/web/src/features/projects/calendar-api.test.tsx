import type { ProjectView } from '@sparkle/shared/projects'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { I18n } from '../../lib/i18n.tsx'
import { calendarQuery, useReschedule } from './calendar-api.ts'

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
