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
  const hash = await hashPassword('a'.repeat(72))
  expect(await verifyPassword('a'.repeat(73), hash)).toBe(false)
})
