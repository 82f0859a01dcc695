import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.service.ts'

test('a hash costs 12 rounds and knows its password', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^\$2b\$12\$/)
  expect(await verifyPassword('correct horse battery', hash)).toBe(true)
  expect(await verifyPassword('correct horse', hash)).toBe(false)
})

test('what bcrypt would cut is refused instead', async () => {
  await expect(hashPassword('ä'.repeat(40))).rejects.toMatchObject({ code: 'auth.password_too_long' })
  const longest = 'four score and seven '.repeat(4).slice(0, 72)
  const hash = await hashPassword(longest)
  expect(await verifyPassword(longest, hash)).toBe(true)
  expect(await verifyPassword(`${longest}!`, hash)).toBe(false)
})

test.each([
  ['a breached one', 'qwertyuiop'],
  ['a breached one in disguise', 'P@ssw0rd2024'],
  ['one letter again and again', 'aaaaaaaaaaaa'],
  ['a walk over the keys', '1q2w3e4r5t6y'],
  ['the own address', 'noor@sparkle.test'],
  ['our own name', 'sparkleclassic'],
])('%s is refused', async (_what, password) => {
  await expect(hashPassword(password, ['noor@sparkle.test'])).rejects.toMatchObject({ code: 'auth.password_weak' })
})

test('length is enough: no rule asks for digits or signs', async () => {
  expect(await hashPassword('correct horse battery staple', ['noor@sparkle.test'])).toMatch(/^\$2b\$/)
})
