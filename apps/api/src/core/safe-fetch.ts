import { lookup as systemLookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { type AddressRange, inRanges, isMetadataAddress, isPublicAddress } from './public-address.ts'

/** Whom the installation may call besides public addresses over TLS (`OUTGOING_ALLOW`). */
export interface OutgoingPolicy {
  /** `name:port` pairs that may lie in a private network and may answer without TLS; never link-local ones. */
  allowHosts: readonly string[]
  allowRanges: readonly AddressRange[]
  /** Calls without TLS to any host. For development only. */
  allowHttp: boolean
}

export interface OutgoingInit extends Omit<RequestInit, 'redirect'> {
  /** `manual` unless said otherwise. `follow` goes up to five steps, each checked like the first, for GET and HEAD. */
  redirect?: RequestInit['redirect']
  /** For all of it: look-up, connection, every redirect and the whole body. 10 s. */
  timeoutMs?: number
  /** The largest body that is taken: 1 MiB. */
  maxBytes?: number
}

export type OutgoingFault = 'refused' | 'unreachable' | 'timeout' | 'too_large' | 'redirect' | 'bad_reply'

/**
 * A call to somebody else's server that was not made or did not end well. The message fits for whoever chose the
 * address: it never tells which addresses a name led to, or a caller could map the network behind the server.
 */
export class OutgoingError extends Error {
  readonly fault: OutgoingFault
  constructor(fault: OutgoingFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'OutgoingError'
    this.fault = fault
  }
}

export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>

const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true, verbatim: true })

const maxRedirects = 5
/** The connection is ours to describe; a caller's `Host` would reach another site on the address that was checked. */
const ours = ['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'expect', 'accept-encoding']

/**
 * The one way out of the server to an address that anybody else had a say in: `fetch`, but over TLS only, to public
 * addresses only, bounded in size and time. The name is resolved once, every address it leads to is checked, and the
 * socket connects to one of those, so a name that answers differently the next time (DNS rebinding) changes nothing.
 * Bodies arrive whole and uncompressed. Throws {@link OutgoingError}.
 */
export async function safeFetch(
  url: string | URL,
  init: OutgoingInit,
  policy: OutgoingPolicy,
  resolve: Resolve = resolveBySystem,
): Promise<Response> {
  const { timeoutMs = 10_000, maxBytes = 1_048_576, ...rest } = init
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = rest.signal ? AbortSignal.any([limit, rest.signal]) : limit
  try {
    return await follow(requestOf(url, { redirect: 'manual', ...rest }), signal, maxBytes, policy, resolve)
  } catch (error) {
    if (error instanceof OutgoingError) throw error
    if (limit.aborted) throw new OutgoingError('timeout', `There was no full answer within ${timeoutMs} ms.`, error)
    if (rest.signal?.aborted) throw error
    throw new OutgoingError('unreachable', 'The address cannot be reached.', error)
  }
}

/** The same in the shape of the platform's `fetch`, which follows redirects by default, for libraries that take one. */
export function fetchUnder(policy: OutgoingPolicy): typeof fetch {
  return async (input, init) => {
    const request = requestOf(input, init ?? {})
    const { url, method, headers, redirect, signal } = request
    const body = request.body ? { body: await request.arrayBuffer() } : {}
    return safeFetch(url, { method, headers, redirect, signal, ...body }, policy)
  }
}

/**
 * Throws {@link OutgoingError} where {@link safeFetch} would refuse an address. Looks its name up and connects nowhere; a
 * name that leads nowhere now passes, since it is checked again with every call.
 */
export async function assertCallable(
  url: string,
  policy: OutgoingPolicy,
  resolve: Resolve = resolveBySystem,
): Promise<void> {
  try {
    await checkedAddresses(new URL(url), AbortSignal.timeout(3000), policy, resolve)
  } catch (error) {
    if (error instanceof OutgoingError) throw error
  }
}

/** The policy for an address that is the operator's own setting, so that it may lie in a private network. */
export function trusting(policy: OutgoingPolicy, url: string): OutgoingPolicy {
  return { ...policy, allowHosts: [...policy.allowHosts, hostAndPort(new URL(url))] }
}

function requestOf(input: string | URL | Request, init: RequestInit): Request {
  try {
    return new Request(input, init)
  } catch (error) {
    throw new OutgoingError('refused', 'This is not an address that can be called.', error)
  }
}

async function follow(
  request: Request,
  signal: AbortSignal,
  maxBytes: number,
  policy: OutgoingPolicy,
  resolve: Resolve,
): Promise<Response> {
  const body = Buffer.from(await request.arrayBuffer())
  const headers = new Headers(request.headers)
  for (const name of ours) headers.delete(name)
  let target = new URL(request.url)
  for (let step = 0; ; step += 1) {
    const addresses = await checkedAddresses(target, signal, policy, resolve)
    const reply = await send(target, request.method, headers, body, addresses, signal, maxBytes)
    const next = redirectOf(reply, target)
    if (next === null || request.redirect === 'manual') return reply
    if (request.redirect === 'error' || !['GET', 'HEAD'].includes(request.method) || step === maxRedirects)
      throw new OutgoingError('redirect', 'The address leads elsewhere, and that is not followed.')
    if (next.origin !== target.origin) for (const name of ['authorization', 'cookie']) headers.delete(name)
    target = next
  }
}

function redirectOf(reply: Response, from: URL): URL | null {
  const location = reply.headers.get('location')
  if (![301, 302, 303, 307, 308].includes(reply.status) || location === null) return null
  if (!URL.canParse(location, from.href))
    throw new OutgoingError('redirect', 'The address leads to what is no address.')
  return new URL(location, from.href)
}

/** The addresses that the socket may connect to. One bad address among good ones refuses the whole name. */
async function checkedAddresses(target: URL, signal: AbortSignal, policy: OutgoingPolicy, resolve: Resolve) {
  const named = policy.allowHosts.includes(hostAndPort(target))
  const plainAllowed = policy.allowHttp || named
  if (target.protocol !== 'https:' && !(target.protocol === 'http:' && plainAllowed))
    throw new OutgoingError('refused', 'Only https addresses are called.')
  if (target.username || target.password) throw new OutgoingError('refused', 'An address may not carry a password.')

  const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await Promise.race([resolve(host), aborted(signal)])
  const fine = ({ address }: { address: string }) =>
    isPublicAddress(address) ||
    inRanges(policy.allowRanges, address) ||
    (named && isIP(address) !== 0 && !isMetadataAddress(address))
  if (addresses.length === 0 || !addresses.every(fine))
    throw new OutgoingError('refused', 'This address is not one that may be called.')
  return addresses
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

/** Node asks this instead of the DNS when it opens the socket; TLS still proves the name in the URL. */
function pinnedTo(addresses: readonly { address: string; family: number }[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first = { address: '', family: 0 }] = addresses
    if (all) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
}

function send(
  target: URL,
  method: string,
  headers: Headers,
  body: Buffer,
  addresses: readonly { address: string; family: number }[],
  signal: AbortSignal,
  maxBytes: number,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const begin = target.protocol === 'https:' ? https.request : http.request
    const request = begin(target, {
      method,
      signal,
      // A socket of its own for each call: a kept one was checked for another name.
      agent: false,
      lookup: pinnedTo(addresses),
      headers: {
        'user-agent': 'SparkleClassic',
        accept: '*/*',
        ...Object.fromEntries(headers),
        'accept-encoding': 'identity',
        ...(body.length > 0 || method === 'POST' || method === 'PUT' ? { 'content-length': body.length } : {}),
      },
    })
    request.once('error', reject)
    request.once('response', (reply) => {
      received(reply, maxBytes).then(resolve, (error: unknown) => {
        request.destroy()
        reject(error as Error)
      })
    })
    request.end(body)
  })
}

async function received(reply: http.IncomingMessage, maxBytes: number): Promise<Response> {
  const coding = reply.headers['content-encoding'] ?? 'identity'
  if (coding !== 'identity')
    throw new OutgoingError('bad_reply', 'The answer is compressed, and none such was asked for.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new OutgoingError('too_large', `The answer is larger than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  const status = reply.statusCode ?? 0
  if (status < 200 || status > 599) throw new OutgoingError('bad_reply', 'The answer has no status that HTTP knows.')
  const headers = new Headers()
  for (let index = 0; index < reply.rawHeaders.length; index += 2)
    headers.append(reply.rawHeaders[index] ?? '', reply.rawHeaders[index + 1] ?? '')
  return new Response([204, 205, 304].includes(status) ? null : Buffer.concat(chunks), { status, headers })
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}
