import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '@sparkle/shared/problems'
import { AppError, statusOf } from '../core/app-error.ts'
import { newId } from '../core/ids.ts'

/** RFC 9457, for what the host's own script or a caller of `/_e` got wrong. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: FastifyError | AppError): void {
  const status = statusOfError(error)
  const code = error instanceof AppError ? error.code : status < 500 ? 'request.refused' : 'internal'
  const detail = status < 500 || error instanceof AppError ? error.message : 'Something went wrong on our side.'
  const problem: Problem = {
    type: `about:blank#${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: request.url.split('?')[0] ?? '',
    code,
    requestId: newId(),
    ...(error instanceof AppError ? error.extras : {}),
  }
  void reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

export function statusOfError(error: FastifyError | AppError): number {
  return error instanceof AppError ? statusOf[error.kind] : (error.statusCode ?? 500)
}
