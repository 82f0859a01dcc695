import { render, type RenderResult } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router-dom'
import { Providers } from '../src/app/providers.tsx'

/** Renders a part of a page with all that pages have around them. */
export function renderPart(part: ReactNode): RenderResult & { user: UserEvent } {
  return renderRoutes([{ path: '*', element: part }])
}

/** Renders the router's pages from an address on. */
export function renderRoutes(routes: RouteObject[], at = '/'): RenderResult & { user: UserEvent; path: () => string } {
  const router = createMemoryRouter(routes, { initialEntries: [at] })
  const result = render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  )
  const path = () => router.state.location.pathname + router.state.location.search
  return { ...result, user: userEvent.setup(), path }
}
