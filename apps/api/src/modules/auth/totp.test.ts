import { expect, test } from 'vitest'
import { base32, hotp, matchTotp, otpauthUri, stepAt } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %d s the code is %s', (seconds, code) => {
  expect(hotp(secret, stepAt(new Date(seconds * 1000)), 8)).toBe(code)
})

test('RFC 4226, appendix D: the first ten codes of six digits', () => {
  expect(Array.from({ length: 10 }, (_, counter) => hotp(secret, counter))).toEqual(
    '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '),
  )
})

test('a code is good for its step and one to either side, and never after one of its step was used', () => {
  const now = new Date(1_234_567_890_000)
  const step = stepAt(now)
  const found = [-2, -1, 0, 1, 2].map((away) => matchTotp(secret, hotp(secret, step + away), now, 0))
  expect(found).toEqual([null, step - 1, step, step + 1, null])
  expect(matchTotp(secret, hotp(secret, step), now, step)).toBeNull()
  expect(matchTotp(secret, hotp(secret, step - 1), now, step)).toBeNull()
  expect(matchTotp(secret, hotp(secret, step + 1), now, step)).toBe(step + 1)
  for (const odd of ['', '12345', '1234567', 'abcdef']) expect(matchTotp(secret, odd, now, 0)).toBeNull()
})

test('base32 is that of RFC 4648, section 10, and the QR code names account and issuer', () => {
  const texts = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar']
  expect(texts.map((text) => base32(Buffer.from(text)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ])
  expect(otpauthUri(secret, 'ann+1@example.test')).toBe(
    'otpauth://totp/SparkleClassic:ann%2B1%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=SparkleClassic&algorithm=SHA1&digits=6&period=30',
  )
})
