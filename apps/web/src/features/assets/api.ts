import type {
  AssetType,
  AssetUsage,
  AssetVersionItem,
  AssetItem,
  FocalPoint,
  ListStudioAssetsQuery,
  StudioAssetView,
} from '@sparkle/shared/assets'
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { changeItems } from '../../lib/change-items.ts'
import { http } from '../../lib/http.ts'

interface AssetPage {
  items: AssetItem[]
  nextCursor: string | null
  total?: number
}
type AssetPages = InfiniteData<AssetPage, string | null>

/** While something is being worked on, the list is asked again now and then, should the socket be down. */
const unsettledMs = 4000

export const assetQueries = {
  all: ['assets'] as const,
  lists: ['assets', 'list'] as const,
  list: (projectId: string, assetType?: AssetType) =>
    infiniteQueryOptions({
      queryKey: [...assetQueries.lists, projectId, assetType ?? null],
      queryFn: ({ pageParam, signal }) =>
        http.get<AssetPage>(`/projects/${projectId}/assets`, {
          query: { assetType, cursor: pageParam, limit: 48 },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: (query) =>
        query.state.data?.pages.some((page) => page.items.some(isUnsettled)) ? unsettledMs : false,
    }),
}

/** Filters of the page of all assets, as the API takes them. */
export type AssetFilters = Partial<Pick<ListStudioAssetsQuery, 'assetType' | 'processingStatus' | 'projectId' | 'q'>>

interface StudioAssetPage extends AssetPage {
  items: StudioAssetView[]
}

export const studioAssetsQuery = (filters: AssetFilters) =>
  infiniteQueryOptions({
    queryKey: [...assetQueries.lists, 'studio', filters],
    queryFn: ({ pageParam, signal }) =>
      http.get<StudioAssetPage>('/assets', {
        query: { ...filters, cursor: pageParam, limit: 60, include: pageParam ? undefined : 'total' },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some(isUnsettled)) ? unsettledMs : false,
  })

/** A project as the filter names it. */
export interface NamedProject {
  id: string
  name: string
  petName: string
  /** Tells apart two games of one pet; only the search knows it. */
  orderNumber?: string | null
}

/** Projects of these words; without any, the newest. The key is that of projects, so that a new or renamed one shows. */
export const projectNamesQuery = (q: string) =>
  queryOptions({
    queryKey: ['projects', 'names', q],
    queryFn: async ({ signal }) => {
      const query = { limit: 20, archived: 'any', fields: 'id,name,petName,orderNumber', ...(q && { q }) }
      return (await http.get<{ items: NamedProject[] }>('/projects', { query, signal })).items
    },
    placeholderData: (before) => before,
    staleTime: 60_000,
  })

/** The project of the address, by one of its assets: reading the project itself would go on record. Null without any. */
export const projectOfAssetsQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...assetQueries.all, 'project', projectId],
    queryFn: async ({ signal }) => {
      const query = { projectId, limit: 1, fields: 'id,project' }
      const { items } = await http.get<{ items: { project: NamedProject }[] }>('/assets', { query, signal })
      return items[0]?.project ?? null
    },
    staleTime: 60_000,
  })

export const versionsQuery = (assetId: string) =>
  queryOptions({
    queryKey: [...assetQueries.all, 'versions', assetId],
    queryFn: async ({ signal }) =>
      (await http.get<{ items: AssetVersionItem[] }>(`/assets/${assetId}/versions`, { signal })).items,
    refetchInterval: (query) => (query.state.data?.some(isUnsettled) ? unsettledMs : false),
  })

export const usageQuery = (assetId: string) =>
  queryOptions({
    queryKey: [...assetQueries.all, 'usage', assetId],
    queryFn: ({ signal }) => http.get<AssetUsage>(`/assets/${assetId}/usage`, { signal }),
  })

export function isUnsettled({ processingStatus }: Pick<AssetItem, 'processingStatus'>): boolean {
  return processingStatus === 'pending' || processingStatus === 'processing'
}

/** Renames at once in the page, taken back if the API refuses. */
export function useRenameAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ asset, filename }: { asset: AssetItem; filename: string }) =>
      http.patch<AssetItem>(`/assets/${asset.id}`, { filename }, { ifMatch: asset.version }),
    onMutate: ({ asset, filename }) =>
      changeItems<AssetItem>(client, assetQueries.lists, ({ id }) => id === asset.id, { filename }),
    onError: (_error, _variables, undo) => undo?.(),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

/** Sets what every cut of the picture has to show; the cards follow at once. */
export function useSetFocalPoint() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ asset, focalPoint }: { asset: AssetItem; focalPoint: FocalPoint | null }) =>
      http.patch<AssetItem>(`/assets/${asset.id}`, { focalPoint }, { ifMatch: asset.version }),
    onMutate: ({ asset, focalPoint }) =>
      changeItems<AssetItem>(client, assetQueries.lists, ({ id }) => id === asset.id, { focalPoint }),
    onError: (_error, _variables, undo) => undo?.(),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

export function useRestoreVersion() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ assetId, number }: AssetVersionItem) =>
      http.post<AssetVersionItem>(`/assets/${assetId}/versions/${number}/restore`),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

/** Deletes at once in the page, taken back if the API refuses; the card that asked is gone by the time it succeeds. */
export function useDeleteAsset(onDeleted: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asset: AssetItem) => http.delete(`/assets/${asset.id}`, { ifMatch: asset.version }),
    onMutate: (asset) => takeOut(client, asset.id),
    onSuccess: onDeleted,
    onError: (_error, _variables, putBack) => putBack?.(),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

export function useProcessAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asset: AssetItem) => http.post<AssetItem>(`/assets/${asset.id}/process`),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

/** Takes one asset out of all lists that are held. Returns what puts it back where it was, and nothing else. */
async function takeOut(client: QueryClient, id: string): Promise<() => void> {
  const queryKey = assetQueries.lists
  await client.cancelQueries({ queryKey })
  const before = client.getQueriesData<AssetPages>({ queryKey })
  const edit = (list: AssetPages | undefined, change: (items: AssetItem[], page: number) => AssetItem[]) =>
    list && { ...list, pages: list.pages.map((page, index) => ({ ...page, items: change(page.items, index) })) }
  const without = (items: AssetItem[]) => items.filter((item) => item.id !== id)
  client.setQueriesData<AssetPages>({ queryKey }, (list) => edit(list, without))
  return () => {
    for (const [key, earlier] of before) {
      const page = earlier?.pages.findIndex(({ items }) => items.some((item) => item.id === id)) ?? -1
      const at = earlier?.pages[page]?.items.findIndex((item) => item.id === id) ?? -1
      const asset = earlier?.pages[page]?.items[at]
      if (!asset) continue
      client.setQueryData<AssetPages>(key, (list) =>
        edit(list, (items, index) => (index === page ? without(items).toSpliced(at, 0, asset) : items)),
      )
    }
  }
}
