import { describe, expect, test } from 'vitest'
import { createMemoryShared } from '../../adapters/memory-shared.ts'
import { createCrypto } from '../../core/crypto.ts'
import { admitAttempt, networkOf, noteFailure, noteSuccess, readDevice, signDevice } from './throttle.service.ts'

const crypto = createCrypto([Buffer.alloc(32, 1)])
const attempt = { account: 'ann', address: '10.0.0.1', device: null }

test('one network is one count: a /64 of IPv6, one address of IPv4', () => {
  expect(networkOf('10.0.0.1')).toBe('10.0.0.1')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(networkOf('2001:db8:1:2::7')).toBe(networkOf('2001:db8:1:2:9:9:9:9'))
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0')
  expect(networkOf('::1')).toBe('0:0:0:0')
})

test("a device's cookie is good for its own account only, and not with a letter changed", () => {
  const cookie = signDevice(crypto, 'ann')
  expect(readDevice(crypto, cookie, 'ann')).toBeTruthy()
  expect(readDevice(crypto, cookie, 'bob')).toBeNull()
  expect(readDevice(crypto, `${cookie}x`, 'ann')).toBeNull()
  expect(readDevice(crypto, undefined, 'ann')).toBeNull()
})

describe('tries', () => {
  test('from one network at one account end after ten; others go on, and success gives them back', async () => {
    const shared = createMemoryShared()
    for (let i = 0; i < 10; i += 1) expect((await admitAttempt(shared, attempt)).admitted).toBe(true)
    const refused = await admitAttempt(shared, attempt)
    expect(refused).toMatchObject({ admitted: false })
    expect(refused.admitted ? 0 : refused.retryAfterSeconds).toBeGreaterThan(800)
    expect((await admitAttempt(shared, { ...attempt, account: 'bob' })).admitted).toBe(true)
    expect((await admitAttempt(shared, { ...attempt, address: '10.0.0.2' })).admitted).toBe(true)
    await noteSuccess(shared, attempt)
    expect((await admitAttempt(shared, attempt)).admitted).toBe(true)
  })

  test('from one network at many accounts end after a hundred', async () => {
    const shared = createMemoryShared()
    const admitted = await Promise.all(
      Array.from({ length: 150 }, (_, i) => admitAttempt(shared, { ...attempt, account: `person ${i}` })),
    )
    expect(admitted.filter((one) => one.admitted)).toHaveLength(100)
  })

  test('at an account that is guessed at from everywhere are three for a new network, and ten for a known device', async () => {
    const shared = createMemoryShared()
    for (let i = 0; i < 100; i += 1) await noteFailure(shared, attempt)
    const from = async (device: string | null) => {
      const tries = []
      for (let i = 0; i < 12; i += 1)
        tries.push(await admitAttempt(shared, { account: 'ann', address: '10.9.9.9', device }))
      return tries
    }
    const known = await from('laptop')
    expect(known.filter((one) => one.admitted && one.known)).toHaveLength(10)
    expect((await from(null)).filter((one) => one.admitted)).toHaveLength(1)
    const elsewhere = { ...attempt, address: '10.9.9.8' }
    for (let i = 0; i < 3; i += 1) expect((await admitAttempt(shared, elsewhere)).admitted).toBe(true)
    expect((await admitAttempt(shared, elsewhere)).admitted).toBe(false)
  })
})
