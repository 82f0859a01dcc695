import { describe, expect, test } from 'vitest'
import { createPaths, safeName } from './safe-names.ts'

describe('a name in an archive', () => {
  test.each([
    ['Buttercup v3.png', 'Buttercup v3.png'],
    ['Käse „Plan“ 猫.pdf', 'Käse „Plan“ 猫.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', 'file'],
    ['', 'file'],
    [' .hidden ', 'hidden'],
    ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
    ['a\u202egnp.exe', 'a_gnp.exe'],
    ['a\u0000b\n.txt', 'a_b_.txt'],
    ['CON.txt', '_CON.txt'],
    ['lpt1', '_lpt1'],
    ['console.txt', 'console.txt'],
    ['trailing. . .', 'trailing'],
    ['\ud800.txt', '_.txt'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeName(name)).toBe(safe)
  })

  test('is short and keeps its ending', () => {
    const name = safeName(`${'ä'.repeat(300)}.png`)
    expect([name.length, name.endsWith('ä.png')]).toEqual([100, true])
  })

  test('is there once, whatever a system takes for the same', () => {
    const place = createPaths()
    expect([place('a', 'b.txt'), place('A', 'B.TXT'), place('a', 'b.txt'), place('a.b', 'c')]).toEqual([
      'a/b.txt',
      'A/B (2).TXT',
      'a/b (3).txt',
      'a.b/c',
    ])
  })
})
