import { afterEach, describe, expect, test } from 'vitest'
import { apiServer, problem } from '../../test/api-server.ts'
import { apiUrl, http } from './http.ts'
import { ProblemError } from './problem.ts'
import { onSessionLost, refreshSession } from './refresh.ts'

const ok = { status: 200, body: { fine: true } }
const expired = { status: 401, body: problem(401, 'auth.token_expired') }

async function failure(promise: Promise<unknown>): Promise<ProblemError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProblemError)
  return error as ProblemError
}

describe('requests', () => {
  test('query values: lists are joined, empty ones left out', () => {
    expect(apiUrl('/projects', { status: ['backlog', 'review'], q: '', cursor: null, limit: 20 })).toBe(
      '/api/v1/projects?status=backlog%2Creview&limit=20',
    )
  })

  test('a POST is JSON and carries an idempotency key of its own', async () => {
    const { calls } = await apiServer({ 'POST /projects': () => ok })
    await http.post('/projects', { petName: 'Moritz' })
    await http.post('/projects', { petName: 'Moritz' })
    expect(calls[0]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ petName: 'Moritz' })
    expect(calls[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{32,36}$/)
    expect(calls[0]?.headers['idempotency-key']).not.toBe(calls[1]?.headers['idempotency-key'])
  })

  test('ifMatch becomes the ETag of that version', async () => {
    const { calls } = await apiServer({ 'PATCH /projects/1': () => ok })
    await http.patch('/projects/1', { notes: '' }, { ifMatch: 7 })
    expect(calls[0]?.headers['if-match']).toBe('"v7"')
    expect(calls[0]?.headers['idempotency-key']).toBeUndefined()
  })

  test('204 is undefined', async () => {
    await apiServer({ 'DELETE /projects/1': () => ({ status: 204 }) })
    expect(await http.delete('/projects/1')).toBeUndefined()
  })
})

describe('failures', () => {
  test('a problem document becomes a ProblemError with all its parts', async () => {
    const errors = [{ path: 'petName', message: 'Must not be empty.' }]
    await apiServer({ 'POST /projects': () => ({ status: 422, body: problem(422, 'invalid', { errors }) }) })
    expect(await failure(http.post('/projects', {}))).toMatchObject({
      status: 422,
      code: 'invalid',
      detail: 'Refused: invalid.',
      errors,
      requestId: 'req-1',
    })
  })

  test('a limit tells how long to wait', async () => {
    await apiServer({
      'GET /me': () => ({ status: 429, body: problem(429, 'rate_limited'), headers: { 'retry-after': '12' } }),
    })
    expect((await failure(http.get('/me'))).retryAfterSeconds).toBe(12)
  })

  test('no answer, a slow answer and an unreadable answer can be told apart', async () => {
    await apiServer({
      'GET /cut': () => 'cut',
      'GET /slow': () => 'hang',
      'GET /odd': () => ({ status: 502, body: '<html>' }),
    })
    expect(await failure(http.get('/cut'))).toMatchObject({ status: 0, code: 'client.network' })
    expect(await failure(http.get('/slow', { timeoutMs: 50 }))).toMatchObject({ status: 0, code: 'client.timeout' })
    expect(await failure(http.get('/odd'))).toMatchObject({
      status: 502,
      code: 'client.unavailable',
      requestId: 'req-1',
    })
  })

  test('an aborted call rejects with the abort, which Query swallows', async () => {
    await apiServer({ 'GET /slow': () => 'hang' })
    const controller = new AbortController()
    const call = http.get('/slow', { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toHaveProperty('name', 'AbortError')
  })
})

describe('refresh', () => {
  let unsubscribe = () => {}
  let lost = 0
  const listen = () => {
    lost = 0
    unsubscribe = onSessionLost(() => {
      lost += 1
    })
  }
  afterEach(() => unsubscribe())

  test('many calls that meet a 401 share one refresh and are sent again with the same key', async () => {
    const { calls } = await apiServer({
      'POST /a': (_call, count) => (count < 2 ? expired : ok),
      'POST /auth/refresh': async () => {
        await new Promise((resolve) => setTimeout(resolve, 30))
        return ok
      },
    })
    await Promise.all([http.post('/a'), http.post('/a')])
    expect(calls.filter(({ path }) => path === '/auth/refresh')).toHaveLength(1)
    const keys = calls.filter(({ path }) => path === '/a').map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(4)
    expect(new Set(keys).size).toBe(2)
  })

  test('a raced refresh counts as done: another tab has renewed the cookies', async () => {
    listen()
    await apiServer({
      'GET /a': (_call, count) => (count === 0 ? expired : ok),
      'POST /auth/refresh': () => ({ status: 409, body: problem(409, 'auth.refresh_raced') }),
    })
    expect(await http.get('/a')).toEqual({ fine: true })
    expect(lost).toBe(0)
  })

  test('a refused refresh ends the session once and the first refusal is thrown', async () => {
    listen()
    const { calls } = await apiServer({
      'GET /a': () => expired,
      'POST /auth/refresh': () => ({ status: 401, body: problem(401, 'auth.session_ended') }),
    })
    expect(await failure(http.get('/a'))).toMatchObject({ status: 401, code: 'auth.token_expired' })
    expect(lost).toBe(1)
    expect(calls.filter(({ path }) => path === '/a')).toHaveLength(1)
  })

  test('a server at fault does not end the session', async () => {
    listen()
    await apiServer({
      'GET /a': () => expired,
      'POST /auth/refresh': () => ({ status: 503, body: problem(503, 'unavailable') }),
    })
    expect(await failure(http.get('/a'))).toMatchObject({ status: 503 })
    expect(lost).toBe(0)
  })

  test('a second 401 after a good refresh is the answer: no loop', async () => {
    const { calls } = await apiServer({ 'GET /a': () => expired, 'POST /auth/refresh': () => ok })
    expect(await failure(http.get('/a'))).toMatchObject({ status: 401 })
    expect(calls).toHaveLength(3)
  })

  test('signing in with a wrong password never refreshes', async () => {
    const { calls } = await apiServer({
      'POST /auth/login': () => ({ status: 401, body: problem(401, 'auth.invalid_credentials') }),
    })
    await failure(http.post('/auth/login', {}, { refresh: false }))
    expect(calls).toHaveLength(1)
  })

  test('after one refresh the next one asks again', async () => {
    const { calls } = await apiServer({ 'POST /auth/refresh': () => ok })
    expect(await refreshSession()).toBe(true)
    expect(await refreshSession()).toBe(true)
    expect(calls).toHaveLength(2)
  })
})
