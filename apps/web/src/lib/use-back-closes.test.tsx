import { screen } from '@testing-library/react'
import { useState } from 'react'
import { Link, Outlet, useNavigate } from 'react-router-dom'
import { expect, test } from 'vitest'
import { renderRoutes } from '../../test/render.tsx'
import { useBackCloses } from './use-back-closes.ts'

function Frame() {
  const navigate = useNavigate()
  return (
    <>
      <button type="button" onClick={() => void navigate(-1)}>
        Back
      </button>
      <Outlet />
    </>
  )
}

function Page() {
  const [open, setOpen] = useState(false)
  useBackCloses(open, () => setOpen(false))
  return (
    <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
      Sheet
    </button>
  )
}

const routes = [
  {
    element: <Frame />,
    children: [
      { path: '/', element: <Link to="/page#comment-1">To the page</Link> },
      { path: '/page', element: <Page /> },
    ],
  },
]

test('Back closes the sheet first, also the second time; closed by hand, it is passed over', async () => {
  const { user, path } = renderRoutes(routes)
  const press = (name: string) => user.click(screen.getByRole('button', { name }))
  await user.click(await screen.findByRole('link', { name: 'To the page' }))
  for (let turn = 0; turn < 2; turn += 1) {
    await press('Sheet')
    await screen.findByRole('button', { name: 'Sheet', expanded: true })
    await press('Back')
    await screen.findByRole('button', { name: 'Sheet', expanded: false })
    expect(path()).toBe('/page')
  }

  await press('Sheet')
  await press('Sheet')
  await press('Sheet')
  await press('Back')
  await screen.findByRole('button', { name: 'Sheet', expanded: false })

  await press('Sheet')
  await press('Sheet')
  await press('Back')
  await screen.findByRole('link', { name: 'To the page' })
})
