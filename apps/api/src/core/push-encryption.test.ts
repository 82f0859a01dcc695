import { createECDH } from 'node:crypto'
import { expect, test } from 'vitest'
import { openPush } from '../../test/parts/push-service.ts'
import { areUsable, encryptPush } from './push-encryption.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')
// RFC 8291, appendix A.
const keys = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}
const sealed =
  'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN'
const plain = 'When I grow up, I want to be a watermelon'

test('encrypts as the published example does, byte for byte', () => {
  const part = {
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  }
  expect(encryptPush(Buffer.from(plain), keys, part).toString('base64url')).toBe(sealed)
})

test('the browser of the example reads it; another browser does not', () => {
  const browser = createECDH('prime256v1')
  browser.setPrivateKey(bytes('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94'))
  expect(openPush(bytes(sealed), browser, bytes(keys.auth)).toString()).toBe(plain)
  const other = createECDH('prime256v1')
  other.generateKeys()
  expect(() => openPush(bytes(sealed), other, bytes(keys.auth))).toThrow(/authenticate/)
  const fresh = () => encryptPush(Buffer.from(plain), keys)
  expect(openPush(fresh(), browser, bytes(keys.auth)).toString()).toBe(plain)
  expect(fresh().equals(fresh())).toBe(false)
})

test('keys that are no point of the curve, or too short, are refused', () => {
  expect(areUsable(keys)).toBe(true)
  expect(areUsable({ ...keys, auth: 'BTBZ' })).toBe(false)
  expect(areUsable({ ...keys, p256dh: Buffer.alloc(65, 4).toString('base64url') })).toBe(false)
  expect(areUsable({ ...keys, p256dh: '' })).toBe(false)
})
