import { expect, test } from 'vitest'
import { assetQueries, projectNamesQuery, projectOfAssetsQuery } from '../features/assets/api.ts'
import { slotAssetsQuery } from '../features/builds/api.ts'
import { projectQueries } from '../features/projects/api.ts'
import { spriteQueries } from '../features/sprites/api.ts'

const isBeneath = (key: readonly unknown[], prefix: readonly unknown[]) => prefix.every((part, at) => key[at] === part)

test('beneath the keys of pages, which changes are shown in before they are stored, lies nothing but pages', () => {
  const plain = [
    spriteQueries.ofProject('p', 'photo').queryKey,
    spriteQueries.ofProject('p', 'sprite').queryKey,
    slotAssetsQuery('p').queryKey,
    projectNamesQuery('').queryKey,
    projectOfAssetsQuery('p').queryKey,
  ]
  for (const lists of [assetQueries.lists, projectQueries.lists])
    expect(plain.filter((key) => isBeneath(key, lists))).toEqual([])
  expect(isBeneath(assetQueries.list('p', 'photo').queryKey, assetQueries.lists)).toBe(true)
})
