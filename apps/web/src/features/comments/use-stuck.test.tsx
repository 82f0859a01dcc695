import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { apiServer, problem } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { WithoutLive } from '../../lib/live.tsx'
import { CommentOutbox, useCommentOutbox } from './comment-outbox.tsx'
import { emptyDraft } from './drafts.ts'
import { useStuck } from './use-stuck.ts'

function Page() {
  const { add, signedOut } = useCommentOutbox('v1')
  return (
    <>
      <p>{useStuck('v1')} stuck</p>
      {signedOut && <p>Signed out</p>}
      <button
        type="button"
        onClick={() => add({ versionId: 'v1', parentId: null, draft: { ...emptyDraft, body: 'Hm' } })}
      >
        Send
      </button>
    </>
  )
}

test('a comment counts as stuck once it was tried in vain, and until it has arrived', async () => {
  let online = true
  const seen: string[] = []
  await apiServer({
    'POST /versions/v1/comments': () => {
      seen.push(screen.getByText(/stuck/).textContent)
      return online ? { status: 201, body: { id: 'c1', versionId: 'v1' } } : 'cut'
    },
  })
  const { user } = renderPart(
    <WithoutLive>
      <CommentOutbox person="stuck">
        <Page />
      </CommentOutbox>
    </WithoutLive>,
  )
  const send = async () => user.click(await screen.findByRole('button', { name: 'Send' }))
  await send()
  await expect.poll(() => seen).toEqual(['0 stuck'])
  online = false
  await send()
  await screen.findByText('1 stuck')
  online = true
  window.dispatchEvent(new Event('online'))
  await screen.findByText('0 stuck')
  expect(seen).toEqual(['0 stuck', '0 stuck', '1 stuck'])
})

test('what waits for a sign-in says so, and not once it has arrived', async () => {
  let signedIn = false
  await apiServer({
    'POST /versions/v1/comments': () =>
      signedIn
        ? { status: 201, body: { id: 'c2', versionId: 'v1' } }
        : { status: 401, body: problem(401, 'auth.token_expired') },
    'POST /auth/refresh': () => ({ status: 401, body: problem(401, 'auth.session_ended') }),
  })
  const { user } = renderPart(
    <WithoutLive>
      <CommentOutbox person="signed out">
        <Page />
      </CommentOutbox>
    </WithoutLive>,
  )
  await user.click(await screen.findByRole('button', { name: 'Send' }))
  await screen.findByText('Signed out')
  screen.getByText('1 stuck')
  signedIn = true
  window.dispatchEvent(new Event('online'))
  await screen.findByText('0 stuck')
  expect(screen.queryByText('Signed out')).toBeNull()
})
