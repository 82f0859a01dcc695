import fc from 'fast-check'
import { expect, test } from 'vitest'
import { threeWay } from './three-way.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const base = { name: 'Rex', food: 'Fish', toy: 'Ball', bed: 'Box' }

test('tells apart who changed what', () => {
  const theirs = { ...base, name: 'Max', food: 'Rice', bed: 'Sofa' }
  const mine = { ...base, name: 'Rexy', toy: 'Mouse', bed: 'Sofa' }
  expect(threeWay(base, theirs, mine)).toEqual([
    { name: 'name', base: 'Rex', theirs: 'Max', mine: 'Rexy', changedBy: 'both' },
    { name: 'food', base: 'Fish', theirs: 'Rice', mine: 'Fish', changedBy: 'them' },
    { name: 'toy', base: 'Ball', theirs: 'Ball', mine: 'Mouse', changedBy: 'me' },
  ])
})

test('nobody is asked about what only one side changed, and the other side sees the mirror image', () => {
  const pet = fc.record({ name: fc.constantFrom('a', 'b', 'c'), food: fc.constantFrom('x', 'y') })
  const mirrored = { them: 'me', me: 'them', both: 'both' }
  fc.assert(
    fc.property(pet, pet, pet, (was, theirs, mine) => {
      const merges = threeWay(was, theirs, mine)
      for (const { name, changedBy } of merges)
        expect(changedBy === 'both').toBe(was[name] !== theirs[name] && was[name] !== mine[name])
      expect(threeWay(was, mine, theirs).map(({ changedBy }) => changedBy)).toEqual(
        merges.map(({ changedBy }) => mirrored[changedBy]),
      )
    }),
  )
})
