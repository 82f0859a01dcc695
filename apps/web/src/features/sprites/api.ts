import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { AssetView } from '@sparkle/shared/assets'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { loadPng } from './read-png.ts'

const assetKeys = ['assets'] as const
/** Should the socket be down, what is being drawn or checked is asked for now and then. */
const unsettledMs = 2000

export const spriteQueries = {
  /** One asset, photo or sprite; asked again until it has been processed. */
  asset: (id: string) =>
    queryOptions({
      queryKey: [...assetKeys, 'detail', id],
      queryFn: ({ signal }) => http.get<AssetView>(`/assets/${id}`, { signal }),
      refetchInterval: ({ state }) => {
        const status = state.data?.processingStatus
        return status === 'pending' || status === 'processing' ? unsettledMs : false
      },
    }),
  /** The newest hundred of a project's photos or sprites. */
  ofProject: (projectId: string, assetType: 'photo' | 'sprite') =>
    queryOptions({
      queryKey: [...assetKeys, 'list', projectId, assetType],
      queryFn: async ({ signal }) => {
        const query = `assetType=${assetType}&limit=100`
        return (await http.get<{ items: AssetView[] }>(`/projects/${projectId}/assets?${query}`, { signal })).items
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

/** Asks the server for the final sprite; answers at once with the new asset, which is drawn in the background. */
export function useCreateSprite(photoId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (recipe: SpriteRecipe) => http.post<AssetView>(`/assets/${photoId}/sprites`, recipe),
    onSuccess: (sprite) => {
      client.setQueryData(spriteQueries.asset(sprite.id).queryKey, sprite)
      return client.invalidateQueries({ queryKey: [...assetKeys, 'list'] })
    },
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
      return client.invalidateQueries({ queryKey: [...assetKeys, 'list'] })
    },
  })
}
