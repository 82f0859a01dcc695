import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateHash } from './hash.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

describe('stateHash', () => {
  it('does not depend on the order in which fields were written', () => {
    expect(stateHash({ a: 1, b: [2, 3] })).toBe(stateHash({ b: [2, 3], a: 1 }))
  })

  it('tells apart what differs by one step in one place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.nat(), (list, index) => {
        const at = index % list.length
        const other = list.map((value, place) => (place === at ? value + 1 : value))
        expect(stateHash({ list })).not.toBe(stateHash({ list: other }))
      }),
    )
  })

  it('tells apart the same numbers in another arrangement', () => {
    expect(stateHash([[1], [2, 3]])).not.toBe(stateHash([[1, 2], [3]]))
  })

  it('refuses a state that left whole numbers', () => {
    expect(() => stateHash({ x: 0.5 })).toThrow('no exact integer')
    expect(() => stateHash({ x: Number.NaN })).toThrow('no exact integer')
  })
})
