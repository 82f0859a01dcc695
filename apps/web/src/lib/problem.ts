import { problemView } from '@sparkle/shared/problems'

/** One refused field, `path` as the API names it (`customer.email`). */
export interface FieldProblem {
  path: string
  message: string
}

interface ProblemFields {
  status: number
  code: string
  title: string
  detail: string
  errors: FieldProblem[]
  requestId: string | null
  retryAfterSeconds: number | null
  legal: string[]
}

/**
 * What every failed call throws. `status` 0 means that no answer came: `code` is then `client.network` or
 * `client.timeout`; an answer that is no JSON has `client.invalid_reply`. Other codes are the API's own.
 */
export class ProblemError extends Error implements ProblemFields {
  override name = 'ProblemError'
  status: number
  code: string
  title: string
  detail: string
  errors: FieldProblem[]
  requestId: string | null
  /** From `Retry-After`, for 429 and 503. */
  retryAfterSeconds: number | null
  /** With `project.illegal_transition`: the moves that are legal now. */
  legal: string[]

  constructor(fields: Pick<ProblemFields, 'status' | 'code'> & Partial<ProblemFields>, cause?: unknown) {
    super(fields.detail || fields.title || fields.code, { cause })
    this.status = fields.status
    this.code = fields.code
    this.title = fields.title ?? ''
    this.detail = fields.detail ?? ''
    this.errors = fields.errors ?? []
    this.requestId = fields.requestId ?? null
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null
    this.legal = fields.legal ?? []
  }
}

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.code === code)
}

interface Answer {
  status: number
  header: (name: string) => string | null
  body: unknown
}

/** Reads an answer of status 400 and above; a body that is no problem document still becomes a ProblemError. */
export function problemFrom({ status, header, body }: Answer): ProblemError {
  const parsed = problemView.partial().safeParse(body)
  const problem = parsed.success ? parsed.data : {}
  const retryAfter = Number(header('retry-after'))
  return new ProblemError({
    status,
    code: problem.code ?? (status >= 500 ? 'client.unavailable' : 'client.invalid_reply'),
    title: problem.title,
    detail: problem.detail,
    errors: problem.errors,
    legal: problem.legal,
    requestId: problem.requestId ?? header('x-request-id'),
    retryAfterSeconds: header('retry-after') !== null && Number.isFinite(retryAfter) ? retryAfter : null,
  })
}
