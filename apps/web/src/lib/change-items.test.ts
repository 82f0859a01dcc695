import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { changeItems } from './change-items.ts'

interface Item {
  id: string
  name: string
  read: boolean
}
const key = ['things', 'list']
const at = [...key, 'all']

test('taking back one change leaves those that came after it', async () => {
  const client = new QueryClient()
  const items: Item[] = [
    { id: 'a', name: 'A', read: false },
    { id: 'b', name: 'B', read: false },
  ]
  client.setQueryData(at, { pages: [{ items }], pageParams: [null] })
  const shown = () => client.getQueryData<{ pages: { items: Item[] }[] }>(at)?.pages.flatMap((page) => page.items)

  const undoName = await changeItems<Item>(client, key, ({ id }) => id === 'a', { name: 'first' })
  const undoRead = await changeItems<Item>(client, key, () => true, { read: true })
  const undoNewer = await changeItems<Item>(client, key, ({ id }) => id === 'a', { name: 'second' })
  undoName()
  expect(shown()).toEqual([
    { id: 'a', name: 'second', read: true },
    { id: 'b', name: 'B', read: true },
  ])
  undoNewer()
  undoRead()
  expect(shown()).toEqual([
    { id: 'a', name: 'first', read: false },
    { id: 'b', name: 'B', read: false },
  ])
})
