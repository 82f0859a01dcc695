import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { AssetItem, AssetVersionView, AssetView } from '@sparkle/shared/assets'
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { loadPng } from './read-png.ts'

const assetKeys = ['assets'] as const
/** Should the socket be down, what is being drawn or checked is asked for now and then. */
const unsettledMs = 2000

const isUnsettled = (status: AssetView['processingStatus'] | undefined) =>
  status === 'pending' || status === 'processing'

export const spriteQueries = {
  /** One asset, photo or sprite; asked again until it has been processed. */
  asset: (id: string) =>
    queryOptions({
      queryKey: [...assetKeys, 'detail', id],
      queryFn: ({ signal }) => http.get<AssetView>(`/assets/${id}`, { signal }),
      refetchInterval: ({ state }) => (isUnsettled(state.data?.processingStatus) ? unsettledMs : false),
    }),
  /** One version of a sprite, asked again until it has been drawn or refused. */
  version: (id: string, number: number) =>
    queryOptions({
      queryKey: [...assetKeys, 'detail', id, 'version', number],
      queryFn: ({ signal }) => http.get<AssetVersionView>(`/assets/${id}/versions/${number}`, { signal }),
      refetchInterval: ({ state }) => (isUnsettled(state.data?.processingStatus) ? unsettledMs : false),
    }),
  /** The newest hundred of a project's photos or sprites. Not beneath `list`, where pages of the assets' grid are kept. */
  ofProject: (projectId: string, assetType: 'photo' | 'sprite') =>
    queryOptions({
      queryKey: [...assetKeys, 'newest', projectId, assetType],
      queryFn: async ({ signal }) => {
        const query = `assetType=${assetType}&limit=100`
        return (await http.get<{ items: AssetItem[] }>(`/projects/${projectId}/assets?${query}`, { signal })).items
      },
    }),
  /** The pixels behind a signed link, which never change. */
  pixels: (url: string) =>
    queryOptions({
      queryKey: ['pixels', url],
      queryFn: ({ signal }) => loadPng(url, signal),
      staleTime: Infinity,
      gcTime: 60_000,
      retry: 1,
      // Megabytes of numbers: comparing them with the last answer would take longer than loading them.
      structuralSharing: false,
    }),
}

function refreshLists(client: QueryClient) {
  return Promise.all(['list', 'newest'].map((part) => client.invalidateQueries({ queryKey: [...assetKeys, part] })))
}

/** Asks the server for the final sprite; answers at once with the new asset, which is drawn in the background. */
export function useCreateSprite(photoId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (recipe: SpriteRecipe) => http.post<AssetView>(`/assets/${photoId}/sprites`, recipe),
    onSuccess: (sprite) => {
      client.setQueryData(spriteQueries.asset(sprite.id).queryKey, sprite)
      return refreshLists(client)
    },
  })
}

interface Redrawing {
  recipe: SpriteRecipe
  photoId: string
}

/** Draws a sprite anew: its next version, which takes the place of the present one when it is drawn. */
export function useRedrawSprite(spriteId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ recipe, photoId }: Redrawing) =>
      http.post<AssetVersionView>(`/assets/${spriteId}/redraw`, { recipe, photoId }),
    onSuccess: () => refreshLists(client),
  })
}

interface AsepriteFiles {
  sheet: File
  data: File
}

/** Takes over a sheet drawn elsewhere; the sprite is ready at once. */
export function useImportSprite(projectId: string, { onSuccess }: { onSuccess: (sprite: AssetView) => void }) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ sheet, data }: AsepriteFiles) => {
      const form = new FormData()
      form.set('sheet', sheet)
      form.set('data', data)
      return http.post<AssetView>(`/projects/${projectId}/sprites/import`, form)
    },
    onSuccess: (sprite) => {
      onSuccess(sprite)
      return refreshLists(client)
    },
  })
}
