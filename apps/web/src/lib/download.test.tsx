import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { apiServer, problem } from '../../test/api-server.ts'
import { useDownload, useSignedDownload } from './download.ts'

afterEach(() => vi.restoreAllMocks())

/** The links that were clicked, in place of the browser's saving them. */
function setUp() {
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    saved.push(`${this.getAttribute('href')} as "${this.download}"`)
  })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
  )
  const { result } = renderHook(() => ({ own: useDownload(), signed: useSignedDownload() }), { wrapper })
  return { saved, hook: () => result.current.own, signed: () => result.current.signed }
}

test('a file is fetched only after a session that has run out has been renewed', async () => {
  const { calls } = await apiServer({
    'GET /me': (_call, count) =>
      count === 0 ? { status: 401, body: problem(401, 'auth.unauthenticated') } : { status: 200, body: {} },
    'POST /auth/refresh': () => ({ status: 200, body: {} }),
  })
  const { saved, hook } = setUp()
  act(() => hook().mutate({ path: '/projects/export.csv', query: { sort: 'petName', status: null } }))
  await waitFor(() => expect(saved).toEqual(['/api/v1/projects/export.csv?sort=petName as ""']))
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /me', 'POST /auth/refresh', 'GET /me'])
})

test('without a session nothing is fetched, and the page is told', async () => {
  const refused = () => ({ status: 401, body: problem(401, 'auth.unauthenticated') })
  await apiServer({ 'GET /me': refused, 'POST /auth/refresh': refused })
  const { saved, hook } = setUp()
  act(() => hook().mutate({ path: '/urls/1/qr.svg', name: 'rex.svg' }))
  await waitFor(() => expect(hook().isError).toBe(true))
  expect(saved).toEqual([])
})

test('a signed link is asked for and followed; a refusal saves nothing, and the page is told', async () => {
  await apiServer({
    'POST /versions/v1/downloads': (_call, count) =>
      count === 0
        ? { status: 201, body: { url: 'https://studio.test/api/v1/downloads/abc', expiresAt: '' } }
        : { status: 403, body: problem(403, 'guest_link.no_downloads') },
  })
  const { saved, signed } = setUp()
  act(() => signed().mutate('/versions/v1/downloads'))
  await waitFor(() => expect(saved).toEqual(['https://studio.test/api/v1/downloads/abc as ""']))
  act(() => signed().mutate('/versions/v1/downloads'))
  await waitFor(() => expect(signed().isError).toBe(true))
  expect(saved).toHaveLength(1)
})
