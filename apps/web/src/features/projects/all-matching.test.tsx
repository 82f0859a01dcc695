import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { useAllMatching } from './all-matching.ts'

const pages = ['a', 'b', 'c']
const pageAt = (path: string) => {
  const at = Number(new URL(path, 'http://studio.test').searchParams.get('cursor') ?? 0)
  return { items: [{ id: pages[at] }], nextCursor: at + 1 < pages.length ? `${at + 1}` : null }
}

function List() {
  const [status, setStatus] = useState('review')
  const [chosen, setChosen] = useState('none')
  const all = useAllMatching({ status }, (projects) => setChosen(projects.map(({ id }) => id).join()))
  return (
    <>
      <button type="button" onClick={all.start}>
        All
      </button>
      <button type="button" onClick={() => setStatus('backlog')}>
        Others
      </button>
      <p>
        {chosen}, {all.projects.length} known, {all.loading ?? 'not'} loading
      </p>
    </>
  )
}

test('all that a filter finds are asked for, page by page', async () => {
  const { calls } = await apiServer({ 'GET /projects': ({ path }) => ({ status: 200, body: pageAt(path) }) })
  const { user } = renderPart(<List />)
  await user.click(await screen.findByRole('button', { name: 'All' }))
  await screen.findByText('a,b,c, 3 known, not loading')
  expect(calls.map(({ path }) => path)).toEqual([
    '/projects?status=review&limit=100',
    '/projects?status=review&limit=100&cursor=1',
    '/projects?status=review&limit=100&cursor=2',
  ])
  await user.click(screen.getByRole('button', { name: 'Others' }))
  await screen.findByText('a,b,c, 0 known, not loading')
})

test('with another filter it is left, and nothing is selected', async () => {
  const { calls } = await apiServer({
    'GET /projects': ({ path }, count) => (count === 1 ? 'hang' : { status: 200, body: pageAt(path) }),
  })
  const { user } = renderPart(<List />)
  await user.click(await screen.findByRole('button', { name: 'All' }))
  await screen.findByText('none, 0 known, 1 loading')
  await waitFor(() => expect(calls).toHaveLength(2))
  await user.click(screen.getByRole('button', { name: 'Others' }))
  await screen.findByText('none, 0 known, not loading')
})
