import { signedInCookie } from '@sparkle/shared/auth'
import { useQuery } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { apiServer } from '../../../test/api-server.ts'
import { renderPart } from '../../../test/render.tsx'
import { isStillSignedIn, meQuery, personIn } from '../../lib/session.tsx'
import { useSwitchStudio } from './api.ts'

const [inOld, inNew] = [personIn('o1', 'u1'), personIn('o2', 'u1')]
const known = () => [isStillSignedIn(inOld), isStillSignedIn(inNew)]

function Page() {
  const me = useQuery({ ...meQuery, retry: false })
  const { mutate } = useSwitchStudio(() => undefined)
  return (
    <button type="button" onClick={() => mutate('o2')}>
      From {me.data?.organization?.id}
    </button>
  )
}

afterEach(() => {
  document.cookie = `${signedInCookie}=; path=/; max-age=0`
  localStorage.clear()
})

test('all tabs know of another studio as soon as one has switched to it', async () => {
  document.cookie = `${signedInCookie}=1; path=/`
  const whenAsked: boolean[][] = []
  await apiServer({
    'GET /me': (_call, count) => {
      whenAsked.push(known())
      return { status: 200, body: { user: { id: 'u1' }, organization: { id: count === 0 ? 'o1' : 'o2' } } }
    },
    'POST /auth/switch': () => {
      expect(known()).toEqual([true, false])
      return { status: 200, body: {} }
    },
  })
  const { user } = renderPart(<Page />)
  await user.click(await screen.findByRole('button', { name: 'From o1' }))
  await screen.findByRole('button', { name: 'From o2' })
  expect(whenAsked, 'nothing known at first; then before the new studio is even shown').toEqual([
    [true, true],
    [false, true],
  ])
  expect(known()).toEqual([false, true])
})
