import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/**
 * The score the API will give a new password, 0 to 4: `apps/api/src/modules/auth/password-score.ts`. Its list of
 * breached passwords weighs 0.4 MB, so import this file only when somebody types one.
 */
export function passwordScore(password: string, about: readonly string[]): number {
  return estimator.check(password.slice(0, 72), [...about, 'sparkle', 'sparkleclassic']).score
}
