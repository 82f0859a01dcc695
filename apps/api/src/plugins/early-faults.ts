import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '@sparkle/shared/problems'
import type { Config } from '../config.ts'
import { newId } from '../core/ids.ts'
import { sendProblem } from './errors.ts'
import { securityHeadersOf } from './security-headers.ts'

interface Fault {
  status: number
  code: string
  detail: string
}

const badAddress: Fault = {
  status: 400,
  code: 'request.bad_url',
  detail: 'The address cannot be decoded. Write special characters as UTF-8 with percent signs.',
}
const longAddress: Fault = {
  status: 414,
  code: 'request.url_too_long',
  detail: 'A part of the address is longer than anything that can be there.',
}
const timedOut: Fault = { status: 408, code: 'request.timeout', detail: 'The request took too long to arrive.' }
const longHeaders: Fault = {
  status: 431,
  code: 'request.headers_too_large',
  detail: 'The address and the headers together are too long. Send less than 16 KiB.',
}
const noHttp: Fault = { status: 400, code: 'request.malformed', detail: 'This is not a request as HTTP/1.1 has it.' }

/**
 * Answers to requests that end before any route, and so before any hook: addresses the router cannot read, and what
 * Node's parser refuses. They look like all others, with request id and security headers.
 */
export function earlyFaults(config: Config) {
  const headers = securityHeadersOf(config)
  return {
    frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
      const fault = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? longAddress : badAddress
      void reply.headers({ ...headers, 'x-request-id': request.id })
      void sendProblem(request, reply, fault)
    },
    clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
      if (error.code === 'ECONNRESET' || socket.destroyed) return
      if (socket.writable) socket.write(rawReply(faultOf(error.code), headers))
      socket.destroy(error)
    },
  }
}

function faultOf(code: string | undefined): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return timedOut
  return code === 'HPE_HEADER_OVERFLOW' ? longHeaders : noHttp
}

function rawReply({ status, ...fault }: Fault, headers: Record<string, string>): string {
  const title = STATUS_CODES[status] ?? 'Error'
  const requestId = newId()
  const problem: Problem = { type: `about:blank#${fault.code}`, title, status, instance: '', requestId, ...fault }
  const body = JSON.stringify(problem)
  const lines = Object.entries({
    ...headers,
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`
}
