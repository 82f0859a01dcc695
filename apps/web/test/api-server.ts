import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, vi } from 'vitest'

export interface Call {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}
type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | 'hang' | 'cut'
type Answer = (call: Call, count: number) => Reply | Promise<Reply>

/**
 * A real HTTP server that stands for an API in one test; the page's `fetch` is sent to its port. Answers by
 * `METHOD /path`; `count` says how often that path was asked before. Everything else gets 404.
 */
export async function apiServer(answers: Record<string, Answer>): Promise<{ calls: Call[] }> {
  const calls: Call[] = []
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  async function handle(request: IncomingMessage, response: ServerResponse) {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = (request.url ?? '').replace(/^\/api\/v1/, '')
    const call: Call = { method: request.method ?? '', path, headers: request.headers, body }
    const name = `${call.method} ${path.split('?')[0]}`
    const count = calls.filter((other) => `${other.method} ${other.path.split('?')[0]}` === name).length
    calls.push(call)
    const reply = (await answers[name]?.(call, count)) ?? { status: 404, body: problem(404, 'not_found') }
    if (reply === 'hang') return
    if (reply === 'cut') {
      response.destroy()
      return
    }
    const type = reply.status < 400 ? 'application/json' : 'application/problem+json'
    response.writeHead(reply.status, { 'content-type': type, 'x-request-id': 'req-1', ...reply.headers })
    response.end(reply.body === undefined ? '' : JSON.stringify(reply.body))
  }

  const realFetch = globalThis.fetch
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) => realFetch(`http://127.0.0.1:${port}${input}`, init))
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return { calls }
}

const closers: (() => void)[] = []
afterEach(() => {
  vi.unstubAllGlobals()
  for (const close of closers.splice(0)) close()
})

/** An RFC 9457 body as the API writes it. */
export function problem(status: number, code: string, more: object = {}) {
  return {
    type: `urn:problem:${code}`,
    title: code,
    status,
    detail: `Refused: ${code}.`,
    instance: '/',
    code,
    requestId: 'req-1',
    ...more,
  }
}
