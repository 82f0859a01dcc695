import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Problem } from '@sparkle/shared/problems'
import { AppError, statusOf } from '../core/app-error.ts'

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** One error handler for everything: RFC 9457 problems. Has to be registered before any route. */
export const errors = fp(
  async (app) => {
    app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(request, reply, toProblem(error, request)))
    app.setNotFoundHandler((request, reply) =>
      sendProblem(request, reply, {
        status: 404,
        code: 'route.not_found',
        detail: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
      }),
    )
  },
  { name: 'errors' },
)

type Outcome = Pick<Problem, 'status' | 'code' | 'detail' | 'errors' | 'legal'>

function toProblem(error: FastifyError | AppError, request: FastifyRequest): Outcome {
  if (error instanceof AppError)
    return { status: statusOf[error.kind], code: error.code, detail: error.message, ...error.extras }
  if (hasZodFastifySchemaValidationErrors(error))
    return {
      status: 422,
      code: 'request.invalid',
      detail: 'Some fields cannot be accepted; see errors.',
      errors: error.validation.map((issue) => ({
        path: `${error.validationContext ?? 'body'}${issue.instancePath}`.replaceAll('/', '.'),
        message: issue.message ?? 'Cannot be accepted.',
      })),
    }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return { status, code: frameworkCode(error), detail: error.message }
  request.log.error({ err: error, code: error.code }, 'request failed')
  return { status: 500, code: 'internal', detail: 'Something went wrong on our side. The request id helps us find it.' }
}

/** `FST_ERR_CTP_INVALID_JSON_BODY` as `request.invalid_json_body`. */
function frameworkCode(error: FastifyError): string {
  const name = (error.code ?? 'refused').toLowerCase().replace(/^(fst_err_(ctp_|rep_)?|fst_)/, '')
  return `request.${name}`
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, outcome: Outcome) {
  const problem: Problem = {
    type: `about:blank#${outcome.code}`,
    title: titles[outcome.status] ?? 'Error',
    instance: request.url.split('?')[0] ?? '',
    requestId: request.id,
    ...outcome,
  }
  return reply
    .code(outcome.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}
