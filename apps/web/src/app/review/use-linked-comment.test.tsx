import type { CommentView } from '@sparkle/shared/comments'
import { placeOf } from '@sparkle/shared/notifications'
import { screen, waitFor } from '@testing-library/react'
import { useLocation, useNavigate } from 'react-router-dom'
import { beforeEach, expect, test, vi } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderRoutes } from '../../../test/render.tsx'
import { useLinkedComment } from './use-linked-comment.ts'

const threads = [
  { id: 'c1', replies: [] },
  { id: 'c2', replies: [{ id: 'c3' }] },
] as unknown as CommentView[]
const opened = vi.fn<(thread: CommentView, id: string) => void>()
beforeEach(() => opened.mockClear())

function Page() {
  useLinkedComment(threads, opened)
  const navigate = useNavigate()
  return (
    <>
      <button type="button" onClick={() => void navigate('/review/v1')}>
        On
      </button>
      <button type="button" onClick={() => void navigate(-1)}>
        Back
      </button>
      <p>{useLocation().hash || 'none'}</p>
    </>
  )
}
const openPage = (commentId: string) =>
  renderRoutes(
    [{ path: '/review/:id', element: <Page /> }],
    placeOf('comment_added', 'p1', { versionId: 'v1', commentId }),
  )

test('the place that a notification names is the one that the page opens, once', async () => {
  const { user } = openPage('c3')
  await waitFor(() => expect(opened).toHaveBeenCalledWith(threads[1], 'c3'))

  await user.click(screen.getByRole('button', { name: 'On' }))
  await screen.findByText('none')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  await screen.findByText('#comment-c3')
  expect(opened).toHaveBeenCalledTimes(1)
})

test('a reply that did not come with its thread is opened once it is there', async () => {
  const { calls } = await apiServer({
    'GET /comments/old': () => ({ status: 200, body: { id: 'old', versionId: 'v1', parentId: 'c2' } }),
    'GET /comments/c2/replies': () => ({ status: 200, body: { items: [{ id: 'old' }], nextCursor: null } }),
    'GET /versions/v1/comments': () => ({ status: 200, body: { items: threads, nextCursor: null } }),
  })
  openPage('old')
  await waitFor(() => expect(opened).toHaveBeenCalledWith(threads[1], 'old'))
  expect(calls.map(({ path }) => path.split('?')[0])).toContain('/comments/c2/replies')
})

test('a link to what is gone says so', async () => {
  await apiServer({})
  openPage('gone')
  await screen.findByText('The comment that this link leads to is no longer there.')
  expect(opened).not.toHaveBeenCalled()
})
