import type { CommentView } from '@sparkle/shared/comments'
import { placeOf } from '@sparkle/shared/notifications'
import { waitFor } from '@testing-library/react'
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
  return null
}

test('the place that a notification names is the one that the page opens', async () => {
  const place = placeOf('comment_added', 'p1', { versionId: 'v1', commentId: 'c3' })
  renderRoutes([{ path: '/review/:id', element: <Page /> }], place)
  await waitFor(() => expect(opened).toHaveBeenCalledWith(threads[1], 'c3'))
})
