import type { SsoProblem } from '@sparkle/shared/identity-providers'

/** A sign-in through a provider that did not work. The person is told the problem; the detail is the admin's. */
export class SsoFault extends Error {
  readonly problem: SsoProblem

  constructor(problem: SsoProblem, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.problem = problem
  }
}

/** Who somebody is, in the words of their provider, after everything about its answer was checked. */
export interface Asserted {
  subject: string
  email: string | null
  emailVerified: boolean
  name: string | null
  /** All that was said, for the admin who tries the provider out. */
  claims: { name: string; value: string }[]
}

const mostClaims = 60

/** Claims as text, the long ones cut: they are shown to a person. */
export function claimsOf(values: Record<string, unknown>): Asserted['claims'] {
  return Object.entries(values)
    .slice(0, mostClaims)
    .map(([name, value]) => ({
      name: name.slice(0, 120),
      value: (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 500),
    }))
}
