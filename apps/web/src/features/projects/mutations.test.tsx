import type { ProjectView } from '@sparkle/shared/projects'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { I18n } from '../../lib/i18n.tsx'
import { projectQueries } from './api.ts'
import { newestKnown, useMoveProject, useSetPriority } from './mutations.ts'

const project = (id: string, more: Partial<ProjectView> = {}) =>
  ({
    id,
    petName: id,
    version: 1,
    status: 'backlog',
    priority: 'normal',
    legalMoves: ['in_progress'],
    ...more,
  }) as ProjectView

/** Two projects in a list and a page, and an API that answers when the test lets it. */
async function setUp() {
  const answers = new Map<string, (reply: { status: number; body: unknown }) => void>()
  const held = (name: string) => () =>
    new Promise<{ status: number; body: unknown }>((resolve) => answers.set(name, resolve))
  const { calls } = await apiServer({
    'POST /projects/a/status': held('a moves'),
    'POST /projects/b/status': held('b moves'),
    'PATCH /projects/a': held('a changes'),
  })
  const client = new QueryClient()
  const items = [project('a'), project('b')]
  client.setQueryData(projectQueries.list({}).queryKey, { pages: [{ items, nextCursor: null }], pageParams: [null] })
  client.setQueryData(projectQueries.detail('a').queryKey, project('a'))
  const wrapper = ({ children }: { children: ReactNode }) => (
    <I18n>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </I18n>
  )
  const { result } = renderHook(() => ({ move: useMoveProject(), setPriority: useSetPriority() }), { wrapper })
  const listed = () => client.getQueryData(projectQueries.list({}).queryKey)?.pages.flatMap((page) => page.items)
  const answer = async (name: string, status: number, body: unknown) => {
    await waitFor(() => expect(answers.has(name)).toBe(true))
    await act(async () => answers.get(name)?.({ status, body }))
  }
  return { client, calls, hooks: () => result.current, listed, answer }
}

test('a refused move takes itself back, and nothing that was done meanwhile', async () => {
  const { client, hooks, listed, answer } = await setUp()
  act(() => hooks().move.mutate({ project: project('a'), to: 'in_progress' }))
  await waitFor(() => expect(listed()?.[0]?.status).toBe('in_progress'))
  act(() => hooks().setPriority.mutate({ project: project('a'), priority: 'high' }))
  await waitFor(() => expect(listed()?.[0]?.priority).toBe('high'))
  await answer('a moves', 409, problem(409, 'project.illegal_transition', { legal: ['cancelled'] }))
  await waitFor(() => expect(listed()?.[0]?.status).toBe('backlog'))
  expect(listed()?.[0]).toMatchObject({ priority: 'high', legalMoves: ['in_progress'] })
  const isOld = () => client.getQueryState(projectQueries.list({}).queryKey)?.isInvalidated
  expect(isOld()).toBe(false)
  await answer('a changes', 200, project('a', { priority: 'high', version: 2 }))
  await waitFor(() => expect(listed()?.[0]).toMatchObject({ priority: 'high', version: 2 }))
  await waitFor(() => expect(isOld()).toBe(true))
})

test("a change's reply is the page's newest version at once, and the next change is made on it", async () => {
  const { client, calls, hooks, answer } = await setUp()
  act(() => hooks().move.mutate({ project: project('a'), to: 'in_progress' }))
  await answer('a moves', 200, project('a', { status: 'in_progress', version: 2 }))
  await waitFor(() => expect(client.getQueryData(projectQueries.detail('a').queryKey)?.version).toBe(2))
  act(() => hooks().setPriority.mutate({ project: project('a'), priority: 'high' }))
  await waitFor(() => expect(calls.at(-1)?.headers['if-match']).toBe('"v2"'))
  await answer('a changes', 412, problem(412, 'project.stale'))
  await waitFor(() => expect(client.getQueryData(projectQueries.detail('a').queryKey)?.priority).toBe('normal'))
})

test('of what was selected a while ago the newest that any list or page knows is changed', async () => {
  const { client } = await setUp()
  client.setQueryData(projectQueries.detail('a').queryKey, project('a', { version: 3 }))
  const selected = [project('b', { version: 2 }), project('a'), project('c')]
  expect(newestKnown(client, selected).map(({ id, version }) => [id, version])).toEqual([
    ['b', 2],
    ['a', 3],
    ['c', 1],
  ])
})
