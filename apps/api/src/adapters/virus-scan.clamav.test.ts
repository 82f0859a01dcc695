import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClamdServer, eicar, startClamd } from '../../test/parts/clamd.ts'
import { createClamdScanner } from './clamd-scan.ts'
import { noScanner, type VirusScanner } from './virus-scan.ts'

let clamd: ClamdServer
beforeAll(async () => {
  clamd = await startClamd()
})
afterAll(() => clamd.stop())

const kinds: [string, () => VirusScanner][] = [
  ['clamd over TCP', () => createClamdScanner(clamd.url)],
  ['clamd over its socket', () => createClamdScanner(clamd.socketUrl)],
  ['no scanner', () => noScanner],
]

describe.each(kinds)('%s', (_name, open) => {
  test('answers a probe, and passes what is harmless, empty or not', async () => {
    await expect(open().probe()).resolves.toBeUndefined()
    expect(await open().scan(Buffer.from('a harmless file'))).toEqual({ is: 'clean' })
    expect(await open().scan(Buffer.alloc(0))).toEqual({ is: 'clean' })
    expect(await open().scan(Buffer.alloc(700_000, 7))).toEqual({ is: 'clean' })
  })
})

describe('clamd', () => {
  test('finds the test virus, also behind 300 kB of other bytes and 8 at a time', async () => {
    const scanner = createClamdScanner(clamd.url)
    const hidden = Buffer.concat([Buffer.alloc(300_000, 1), eicar])
    const verdicts = await Promise.all(Array.from({ length: 8 }, (_, i) => scanner.scan(i % 2 ? eicar : hidden)))
    for (const verdict of verdicts) expect(verdict).toEqual({ is: 'infected', found: expect.stringContaining('Eicar') })
  })

  test('more than it is set to read is not passed', async () => {
    const scanner = createClamdScanner(clamd.url)
    expect(await scanner.scan(Buffer.alloc(clamd.maxBytes + 1))).toEqual({ is: 'infected', found: 'too_large' })
    expect(await scanner.scan(Buffer.alloc(clamd.maxBytes * 8))).toEqual({ is: 'infected', found: 'too_large' })
    expect(await scanner.scan(Buffer.alloc(clamd.maxBytes))).toEqual({ is: 'clean' })
  })

  test('one that is not there is unavailable, and says nothing about the file', async () => {
    const gone = createClamdScanner('tcp://127.0.0.1:1')
    expect(await gone.scan(eicar)).toEqual({ is: 'unknown', why: expect.stringContaining('ECONNREFUSED') })
    await expect(gone.probe()).rejects.toThrow()
  })
})
