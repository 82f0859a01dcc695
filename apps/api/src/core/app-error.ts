/** What can go wrong, and the one place that says which status each kind is. */
export const statusOf = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_type: 415,
  range: 416,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const
export type ErrorKind = keyof typeof statusOf

export interface ErrorExtras {
  errors?: { path: string; message: string }[]
  legal?: string[]
}

/** An answer that is not the wished-for one. `code` is stable and specific; `detail` tells a person what to do. */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly extras: ErrorExtras

  constructor(kind: ErrorKind, code: string, detail: string, extras: ErrorExtras = {}) {
    super(detail)
    this.kind = kind
    this.code = code
    this.extras = extras
  }
}

/** Throws the 404 that a missing row and another studio's row have in common. */
export function notFound(what: string): never {
  throw new AppError('not_found', `${what}.not_found`, `There is no such ${what.replaceAll('_', ' ')}.`)
}

export function forbidden(code: string, detail: string): never {
  throw new AppError('forbidden', code, detail)
}

export function conflict(code: string, detail: string, extras?: ErrorExtras): never {
  throw new AppError('conflict', code, detail, extras)
}

export function invalid(code: string, detail: string, path?: string): never {
  throw new AppError('invalid', code, detail, path ? { errors: [{ path, message: detail }] } : {})
}

/** The 403 of whoever would work in a studio that the platform has suspended: people, keys and their sockets alike. */
export function suspended(): AppError {
  return new AppError(
    'forbidden',
    'organization.suspended',
    'This studio is suspended, so nobody can work in it. Its games stay live. Its admin knows whom to ask.',
  )
}

/** Refuses a change that was made against an older version of the row (RFC 9110, If-Match). */
export function assertVersion(current: number, expected: number | null): void {
  if (expected !== null && expected !== current)
    throw new AppError(
      'precondition_failed',
      'version.stale',
      `It was changed meanwhile: version ${current} is the newest, yours was made against ${expected}. Load it again.`,
    )
}
