import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** 40,000 passwords of published breaches, keyboard walks, repeats, dates and letters written as digits; all offline. */
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/**
 * How hard a password is to guess, 0 (a thousand guesses) to 4 (more than 10^10), by zxcvbn (Wheeler, USENIX Security
 * 2016). NIST SP 800-63B asks for a list of what is commonly used instead of rules of composition. The pages show the
 * same score while a password is typed: `apps/web/src/lib/password-score.ts`.
 */
export function passwordScore(password: string, about: readonly string[]): number {
  return estimator.check(password, [...about, 'sparkle', 'sparkleclassic']).score
}
