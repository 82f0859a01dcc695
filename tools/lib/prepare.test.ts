import { expect, test } from 'vitest'
import { assertNodeVersion } from './prepare.mjs'

test('an older Node is refused in words', () => {
  for (const version of ['18.20.4', '20.18.3']) {
    expect(() => assertNodeVersion(version)).toThrow(`needs Node 20.19 or newer; this is Node ${version}`)
  }
  for (const version of ['20.19.0', '22.1.0', '24.21.0']) expect(() => assertNodeVersion(version)).not.toThrow()
})
