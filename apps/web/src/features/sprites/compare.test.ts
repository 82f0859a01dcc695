import { createImage } from '@sparkle/pixel/image'
import { expect, test } from 'vitest'
import { countDifferences } from './compare.ts'

test('counts pixels, not bytes, and sees alpha', () => {
  const one = createImage(4, 3)
  const other = createImage(4, 3)
  expect(countDifferences(one, other)).toBe(0)
  other.data.set([1, 2, 3], 0)
  other.data[7] = 1
  expect(countDifferences(one, other)).toBe(2)
})

test('another size is another picture', () => {
  expect(countDifferences(createImage(4, 3), createImage(3, 4))).toBe(12)
  expect(countDifferences(createImage(4, 4), createImage(3, 4))).toBe(16)
})
