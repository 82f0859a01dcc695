import type { CommentView, ReplyView } from '@sparkle/shared/comments'
import { expect, test } from 'vitest'
import { clockOf, isShown, joinReplies, numbered, threadOf, withComment, withoutComment } from './threads.ts'

const comment = (id: string, change: Partial<ReplyView> = {}): ReplyView => ({
  id,
  versionId: 'v',
  parentId: null,
  author: { userId: 'u', name: 'Ann', side: 'client' },
  body: id,
  internal: false,
  anchor: null,
  mentions: [],
  attachments: [],
  resolvedAt: null,
  resolvedBy: null,
  editedAt: null,
  deletedAt: null,
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
  unread: false,
  may: { edit: false, delete: false, resolve: false },
  ...change,
})
const thread = (id: string, ...replies: string[]): CommentView => ({
  ...comment(id),
  replies: replies.map((reply) => comment(reply, { parentId: id })),
  replyCount: replies.length,
})
const ids = (threads: readonly CommentView[]) => threads.map(({ id, replies }) => [id, ...replies.map((one) => one.id)])

test('a comment takes its place once, at the top or in its thread', () => {
  const list = [thread('a', 'a1'), thread('b')]
  expect(ids(withComment(list, comment('c')))).toEqual([['a', 'a1'], ['b'], ['c']])
  const replied = withComment(list, comment('a2', { parentId: 'a' }))
  expect(ids(replied)).toEqual([['a', 'a1', 'a2'], ['b']])
  expect(ids(withComment(replied, comment('a2', { parentId: 'a', body: 'new' })))).toEqual(ids(replied))
  expect(withComment(list, comment('a', { body: 'new' }))[0]).toMatchObject({ body: 'new', replies: [{ id: 'a1' }] })
})

test('a deleted comment goes, unless replies hang on it', () => {
  const list = [thread('a', 'a1'), thread('b')]
  expect(ids(withoutComment(list, 'b'))).toEqual([['a', 'a1']])
  expect(ids(withoutComment(list, 'a1'))).toEqual([['a'], ['b']])
  expect(withoutComment(list, 'a')[0]).toMatchObject({
    body: '',
    deletedAt: list[0]?.createdAt,
    replies: [{ id: 'a1' }],
  })
})

test('earlier replies come before the newest, each once, and the number of all follows', () => {
  const earlier = ['a1', 'a2', 'a3'].map((id) => comment(id, { parentId: 'a' }))
  const changed = comment('a3', { parentId: 'a', body: 'changed' })
  expect(joinReplies(earlier, [changed, comment('a4')])).toEqual([earlier[0], earlier[1], changed, comment('a4')])
  const list = [{ ...thread('a', 'a3'), replyCount: 3 }]
  const counts = (threads: readonly CommentView[]) => threads.map(({ replyCount }) => replyCount)
  expect(counts(withComment(list, comment('a4', { parentId: 'a' })))).toEqual([4])
  expect(counts(withComment(list, changed))).toEqual([3])
  expect(counts(withoutComment(list, 'a3'))).toEqual([2])
  expect(withoutComment([{ ...thread('a'), replyCount: 1 }], 'a')).toHaveLength(1)
})

test('numbers count all threads, filters hide some, and a reply leads to its thread', () => {
  const done = { ...thread('b'), resolvedAt: '2026-01-02T00:00:00Z' }
  const list = [thread('a', 'a1'), done, thread('c')]
  const shown = numbered(list).filter(({ thread: one }) => isShown(one, 'open'))
  expect(shown.map(({ number }) => number)).toEqual([1, 3])
  expect(list.filter((one) => isShown(one, 'resolved'))).toEqual([done])
  expect(threadOf(list, 'a1')?.id).toBe('a')
  expect(threadOf(list, 'x')).toBeUndefined()
})

test('a moment is told by its minutes and seconds', () => {
  expect([0, 59, 60, 3750, 18_000].map(clockOf)).toEqual(['0:00', '0:00', '0:01', '1:02', '5:00'])
})
