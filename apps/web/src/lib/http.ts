import { guestToken, visitEnded } from './guest.ts'
import { ProblemError, problemFrom } from './problem.ts'
import { refreshSession, refusesCalls } from './refresh.ts'
import { stepUp, wantsStepUp } from './step-up.ts'

const base = '/api/v1'
const defaultTimeoutMs = 20_000

export type QueryValue = string | number | boolean | null | undefined | readonly string[]

export interface RequestOptions {
  /** Query parameters; empty ones are left out, lists are joined by commas. */
  query?: Record<string, QueryValue>
  /** TanStack Query's signal: an aborted call rejects with its AbortError, never with a ProblemError. */
  signal?: AbortSignal
  timeoutMs?: number
}

export interface ChangeOptions extends RequestOptions {
  /** The `version` that was read: the change is refused with 412 if somebody else was faster. */
  ifMatch?: number
  /** POST sends a fresh one by itself. Pass your own where a person may press the button again after a failure. */
  idempotencyKey?: string
  /** `false` for the calls that make or end a session: a 401 of theirs is the answer, not a reason to refresh. */
  refresh?: boolean
}

/** A random UUID; `crypto.randomUUID` is missing where the page came over plain http from another machine. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** `/api/v1` plus path and query, as every call of this file sends it. Also good for `src` and `href`. */
export function apiUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '')
    if (text !== '') params.set(name, text)
  }
  const search = params.toString()
  return `${base}${path}${search ? `?${search}` : ''}`
}

/**
 * The one way to the API. Bodies are JSON, or a FormData as it is; replies are JSON, or undefined for 204. The type
 * argument names a view of `@sparkle/shared`: the server serialises replies by that same schema.
 */
export const http = {
  get: <T>(path: string, options: RequestOptions = {}) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options: ChangeOptions = {}) =>
    call<T>('POST', path, body, { ...options, idempotencyKey: options.idempotencyKey ?? newKey() }),
  put: <T>(path: string, body: unknown, options: ChangeOptions = {}) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options: ChangeOptions = {}) => call<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options: ChangeOptions = {}) => call<T>('DELETE', path, undefined, options),
}

async function call<T>(method: string, path: string, body: unknown, options: ChangeOptions): Promise<T> {
  if (guestToken()) return callAsGuest<T>(method, path, body, options)
  if (options.refresh !== false && refusesCalls()) throw new ProblemError({ status: 401, code: 'auth.unauthenticated' })
  const send = () => attempt(method, path, body, options)
  let response = await send()
  if (response.status === 401 && options.refresh !== false && (await refreshSession())) response = await send()
  if (response.status === 403 && (await wantsStepUp(response.clone())) && (await stepUp())) response = await send()
  return read<T>(response)
}

/** A guest has no session to refresh and no second factor to show: a 401 ends the visit. */
async function callAsGuest<T>(method: string, path: string, body: unknown, options: ChangeOptions): Promise<T> {
  const response = await attempt(method, path, body, options)
  if (response.status === 401) visitEnded()
  return read<T>(response)
}

async function attempt(method: string, path: string, body: unknown, options: ChangeOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs)
  try {
    return await fetch(apiUrl(path, options.query), {
      method,
      credentials: 'same-origin',
      headers: headersFor(body, options),
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ProblemError({ status: 0, code: timeout.aborted ? 'client.timeout' : 'client.network' }, error)
  }
}

function headersFor(body: unknown, options: ChangeOptions): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' }
  if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json'
  if (options.ifMatch !== undefined) headers['if-match'] = `"v${options.ifMatch}"`
  const guest = guestToken()
  if (guest) headers['authorization'] = `Bearer ${guest}`
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
  return headers
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text()
  const header = (name: string) => response.headers.get(name)
  let body: unknown
  try {
    body = text === '' ? undefined : JSON.parse(text)
  } catch (error) {
    const code = response.status >= 500 ? 'client.unavailable' : 'client.invalid_reply'
    throw new ProblemError({ status: response.status, code, requestId: header('x-request-id') }, error)
  }
  if (!response.ok) throw problemFrom({ status: response.status, header, body })
  return body as T
}
