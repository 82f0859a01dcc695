import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import type { Reader } from './reader.ts'
import { useComments } from './use-comments.ts'

const commentAt = (id: string, createdAt: string) => ({ id, createdAt, unread: true, author: {}, replies: [] })
const first = commentAt('c1', '2026-01-01T10:00:00.000000Z')
const second = commentAt('c2', '2026-01-01T10:01:00.000000Z')
const reader = { mayRead: true, userId: 'u1' } as unknown as Reader

function Page() {
  const { query } = useComments('v1', reader, true, () => undefined)
  return (
    <button type="button" onClick={() => void query.refetch()}>
      {query.data?.length}
    </button>
  )
}

test('what comes in after the first look is marked as read, too', async () => {
  const { calls } = await apiServer({
    'GET /versions/v1/comments': (_call, count) => ({
      status: 200,
      body: { items: count === 0 ? [first] : [second, first], nextCursor: null },
    }),
    'POST /versions/v1/comments/read': () => ({ status: 200, body: {} }),
  })
  const marked = (times: number) =>
    waitFor(() => expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(times), { timeout: 30_000 })
  const { user } = renderPart(<Page />)
  await marked(1)
  await user.click(screen.getByRole('button', { name: '1' }))
  await marked(2)
}, 60_000)
