import { AppError } from './app-error.ts'

/**
 * A scanner's verdict over an upload that is answered at once: throws 422 `upload.infected`, or 503 `upload.not_scanned`
 * where a scanner is set but gives none. `name`: which file of an archive it is. Assets do not need it, because theirs can wait for one.
 */
export function refuseInfected(verdict: { is: 'clean' | 'infected' | 'unknown' }, name = 'this file'): void {
  if (verdict.is === 'infected')
    throw new AppError('invalid', 'upload.infected', `The virus scanner does not pass ${name}. Scan it at your side.`)
  if (verdict.is === 'unknown')
    throw new AppError('unavailable', 'upload.not_scanned', 'The virus scanner does not answer. Try again in a minute.')
}
