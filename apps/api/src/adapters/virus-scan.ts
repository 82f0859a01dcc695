/**
 * What a scanner says of bytes. `infected` also stands for more than it is set to read (`found: 'too_large'`), since
 * such a file cannot be passed either. `unknown`: it cannot be reached or does not answer; the file has to wait.
 */
export type Verdict = { is: 'clean' } | { is: 'infected'; found: string } | { is: 'unknown'; why: string }

/** Looks for viruses in uploads. */
export interface VirusScanner {
  /** `off`: no scanner is set, and nothing is looked at. The health page says so. */
  readonly kind: 'clamd' | 'off'
  scan(bytes: Uint8Array): Promise<Verdict>
  /** Throws when the scanner does not answer. */
  probe(): Promise<void>
}

/** Stands in where `CLAMAV_URL` is not set. */
export const noScanner: VirusScanner = {
  kind: 'off',
  scan: async () => ({ is: 'clean' }),
  probe: async () => undefined,
}
