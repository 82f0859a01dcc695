import type { VirusScanner } from '../adapters/virus-scan.ts'
import { AppError } from './app-error.ts'

/**
 * For uploads that are answered at once: throws 422 `upload.infected`, or 503 `upload.not_scanned` while a scanner is set
 * but gives no verdict. Assets do not need it, because theirs can wait for one.
 */
export async function refuseInfected(scanner: VirusScanner, bytes: Uint8Array): Promise<void> {
  const verdict = await scanner.scan(bytes)
  if (verdict.is === 'infected')
    throw new AppError('invalid', 'upload.infected', 'The virus scanner does not pass this file. Scan it at your side.')
  if (verdict.is === 'unknown')
    throw new AppError('unavailable', 'upload.not_scanned', 'The virus scanner does not answer. Try again in a minute.')
}
