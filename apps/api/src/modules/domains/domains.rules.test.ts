import { describe, expect, test } from 'vitest'
import { afterCheck, proofOf, readDomain, type DomainState } from './domains.rules.ts'

const own = ['studio.sparkle.example', 'play.sparkle.example']

describe('a domain', () => {
  test.each([
    ['games.studio.com', 'games.studio.com'],
    [' Games.Studio.COM. ', 'games.studio.com'],
    ['spiele.müller.de', 'spiele.xn--mller-kva.de'],
    ['sparkle.example.org', 'sparkle.example.org'],
  ])('%s is read as %s', (typed, read) => {
    expect(readDomain(typed, own)).toBe(read)
  })

  test.each([
    'localhost',
    'studio',
    '192.168.0.1',
    '0x7f.1',
    '[::1]',
    'games.studio.com:8080',
    'games.studio.com/path',
    'https://games.studio.com',
    'user@games.studio.com',
    'games_studio.com',
    '-games.studio.com',
    'games..studio.com',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(125)}com`,
    'play.sparkle.example',
    'sub.play.sparkle.example',
    'sparkle.example',
    'example',
    '*.studio.com',
    '',
  ])('%j is refused', (typed) => {
    expect(readDomain(typed, own)).toBeNull()
  })
})

describe('a check', () => {
  const now = '2026-11-21T12:00:00.000Z'
  const hoursAgo = (hours: number) => new Date(Date.parse(now) - hours * 3_600_000).toISOString()
  const state = (status: DomainState['status'], missingSince: string | null = null) => ({ status, missingSince })

  test('proves by the exact record among others, and nothing by silence', () => {
    const value = 'sparkle-verify=abc'
    expect(proofOf({ kind: 'found', records: ['v=spf1 -all', value] }, value)).toBe('proven')
    expect(proofOf({ kind: 'found', records: [`${value}d`, 'sparkle-verify='] }, value)).toBe('missing')
    expect(proofOf({ kind: 'none' }, value)).toBe('missing')
    expect(proofOf({ kind: 'unreachable' }, value)).toBe('unknown')
  })

  test.each([
    [state('pending'), 'proven', state('verified')],
    [state('pending'), 'missing', state('pending')],
    [state('verified'), 'missing', state('verified', now)],
    [state('verified', hoursAgo(71)), 'missing', state('verified', hoursAgo(71))],
    [state('verified', hoursAgo(72)), 'missing', state('lapsed', hoursAgo(72))],
    [state('verified', hoursAgo(72)), 'unknown', state('verified', hoursAgo(72))],
    [state('verified', hoursAgo(71)), 'proven', state('verified')],
    [state('lapsed', hoursAgo(90)), 'proven', state('verified')],
    [state('lapsed', hoursAgo(90)), 'missing', state('lapsed', hoursAgo(90))],
  ] as const)('%j and %s makes %j', (before, proof, after) => {
    expect(afterCheck(before, proof, now)).toEqual(after)
  })
})
