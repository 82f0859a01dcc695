import { Resolver } from 'node:dns/promises'

/** What the DNS says under a name: its TXT records, that there are none, or that it could not be asked. */
export type TxtAnswer = { kind: 'found'; records: readonly string[] } | { kind: 'none' } | { kind: 'unreachable' }

export interface TxtRecords {
  lookUp(name: string): Promise<TxtAnswer>
}

/** The DNS says these of names that do not exist or hold no such record (RFC 1035, 4.1.1; RFC 2308). */
const noSuchRecord = new Set(['ENODATA', 'ENOTFOUND'])

/**
 * Asks the DNS itself, without a cache. `servers` are `address` or `address:port`; left out, those of this machine.
 * A server that does not answer says nothing about the record, so that is told apart.
 */
export function createTxtRecords(servers?: readonly string[]): TxtRecords {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  if (servers?.length) resolver.setServers(servers)
  return {
    async lookUp(name) {
      try {
        const answers = await resolver.resolveTxt(name)
        return { kind: 'found', records: answers.map((chunks) => chunks.join('')) }
      } catch (error) {
        return { kind: noSuchRecord.has((error as NodeJS.ErrnoException).code ?? '') ? 'none' : 'unreachable' }
      }
    },
  }
}
