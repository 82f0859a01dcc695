import { hashKey, type InfiniteData, type QueryClient, type QueryKey } from '@tanstack/react-query'

interface Item {
  id: string
}
type Pages<T> = InfiniteData<{ items: T[] }, unknown>

/**
 * Changes some fields of items in every list held beneath a key, before the API has answered. Returns what takes back
 * that change and nothing else: what another change has written since, to the same item or to others, stays.
 */
export async function changeItems<T extends Item>(
  client: QueryClient,
  queryKey: QueryKey,
  concerns: (item: T) => boolean,
  change: Partial<T>,
): Promise<() => void> {
  await client.cancelQueries({ queryKey })
  const before = new Map<string, T>()
  editItems<T>(client, queryKey, (item) => {
    if (!concerns(item)) return item
    before.set(item.id, item)
    return { ...item, ...change }
  })
  return () =>
    editItems<T>(client, queryKey, (item) => {
      const earlier = before.get(item.id)
      return earlier ? { ...item, ...takenBack(item, earlier, change) } : item
    })
}

/** The fields of a change that are still as it left them, as they were before it. */
export function takenBack<T extends object>(now: T, earlier: T, change: Partial<T>): Partial<T> {
  const same = (one: unknown, other: unknown) => hashKey([one]) === hashKey([other])
  const fields = (Object.keys(change) as (keyof T)[]).filter((field) => same(now[field], change[field]))
  return Object.fromEntries(fields.map((field) => [field, earlier[field]])) as Partial<T>
}

function editItems<T extends Item>(client: QueryClient, queryKey: QueryKey, edit: (item: T) => T): void {
  client.setQueriesData<Pages<T>>(
    { queryKey },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(edit) })) },
  )
}
