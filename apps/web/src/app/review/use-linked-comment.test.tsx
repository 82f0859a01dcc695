import type { CommentView } from '@sparkle/shared/comments'
import { placeOf } from '@sparkle/shared/notifications'
import { screen, waitFor } from '@testing-library/react'
import { useLocation, useNavigate } from 'react-router-dom'
import { expect, test, vi } from 'vitest'
import { renderRoutes } from '../../../test/render.tsx'
import { useLinkedComment } from './use-linked-comment.ts'

const threads = [
  { id: 'c1', replies: [] },
  { id: 'c2', replies: [{ id: 'c3' }] },
] as unknown as CommentView[]
const opened = vi.fn<(thread: CommentView, id: string) => void>()
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

test('the place that a notification names is the one that the page opens, once', async () => {
  const place = placeOf('comment_added', 'p1', { versionId: 'v1', commentId: 'c3' })
  const { user } = renderRoutes([{ path: '/review/:id', element: <Page /> }], place)
  await waitFor(() => expect(opened).toHaveBeenCalledWith(threads[1], 'c3'))

  await user.click(screen.getByRole('button', { name: 'On' }))
  await screen.findByText('none')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  await screen.findByText('#comment-c3')
  expect(opened).toHaveBeenCalledTimes(1)
})
