import type { AssetType, AssetView, directUpload } from '@sparkle/shared/assets'
import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'
import { uploadTo, type UploadOptions } from '../../lib/upload.ts'

interface AssetPage {
  items: AssetView[]
  nextCursor: string | null
  total?: number
}
type AssetPages = InfiniteData<AssetPage, string | null>

/** While something is being worked on, the list is asked again now and then, should the socket be down. */
const unsettledMs = 4000

export const assetQueries = {
  all: ['assets'] as const,
  list: (projectId: string, assetType?: AssetType) =>
    infiniteQueryOptions({
      queryKey: [...assetQueries.all, 'list', projectId, assetType ?? null],
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

export function isUnsettled({ processingStatus }: Pick<AssetView, 'processingStatus'>): boolean {
  return processingStatus === 'pending' || processingStatus === 'processing'
}

/** Sends a file straight into the store by a signed request, then declares it complete. */
export async function uploadAsset(
  projectId: string,
  assetType: AssetType,
  file: File,
  options: UploadOptions,
): Promise<AssetView> {
  const { signal } = options
  const claim = {
    filename: file.name,
    mimeType: file.type || 'application/octet-stream',
    sizeBytes: file.size,
    assetType,
  }
  const path = `/projects/${projectId}/assets/uploads`
  const { assetId, upload } = await http.post<z.infer<typeof directUpload>>(path, claim, { signal })
  await uploadTo(upload, file, options)
  return http.post<AssetView>(`/assets/${assetId}/complete`, undefined, { signal })
}

/** Renames at once in the page, taken back if the API refuses. */
export function useRenameAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ asset, filename }: { asset: AssetView; filename: string }) =>
      http.patch<AssetView>(`/assets/${asset.id}`, { filename }, { ifMatch: asset.version }),
    onMutate: ({ asset, filename }) =>
      editLists(client, (items) => items.map((item) => (item.id === asset.id ? { ...item, filename } : item))),
    onError: (_error, _variables, before) => restoreLists(client, before),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

/** Deletes at once in the page, taken back if the API refuses; the card that asked is gone by the time it succeeds. */
export function useDeleteAsset(onDeleted: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asset: AssetView) => http.delete(`/assets/${asset.id}`, { ifMatch: asset.version }),
    onMutate: (asset) => editLists(client, (items) => items.filter(({ id }) => id !== asset.id)),
    onSuccess: onDeleted,
    onError: (_error, _variables, before) => restoreLists(client, before),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

export function useProcessAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asset: AssetView) => http.post<AssetView>(`/assets/${asset.id}/process`),
    onSettled: () => client.invalidateQueries({ queryKey: assetQueries.all }),
  })
}

type Client = ReturnType<typeof useQueryClient>
type Before = [QueryKey, AssetPages | undefined][]

/** Changes the items of all lists that are held, and answers what they were. */
async function editLists(client: Client, edit: (items: AssetView[]) => AssetView[]): Promise<Before> {
  const filter = { queryKey: [...assetQueries.all, 'list'] }
  await client.cancelQueries(filter)
  const before = client.getQueriesData<AssetPages>(filter)
  client.setQueriesData<AssetPages>(filter, (list) =>
    list ? { ...list, pages: list.pages.map((page) => ({ ...page, items: edit(page.items) })) } : list,
  )
  return before
}

function restoreLists(client: Client, before: Before | undefined): void {
  for (const [key, data] of before ?? []) client.setQueryData(key, data)
}
