import type { SpriteSheet } from '@sparkle/games/sheet'
import type { AssetItem } from '@sparkle/shared/assets'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { DemoPet } from './game-demo.tsx'

/** The sprite's picture and frames, loaded for a demo. A sprite without frames stands still. */
const demoPetQuery = (sprite: AssetItem | undefined) =>
  queryOptions({
    queryKey: ['demo-pet', sprite?.id, sprite?.digest] as const,
    queryFn: async ({ signal }): Promise<DemoPet | null> => {
      const { sheet, meta, thumb } = sprite?.urls ?? {}
      const address = sheet ?? thumb
      if (!address) return null
      const [image, frames] = await Promise.all([
        loadImage(address),
        sheet && meta ? fetch(meta, { signal }).then((reply) => reply.json() as Promise<SpriteSheet>) : undefined,
      ])
      return { image, sheet: frames ?? oneFrame(image) }
    },
    enabled: sprite !== undefined,
    staleTime: Infinity,
    retry: false,
  })

export function useDemoPet(sprite: AssetItem | undefined): DemoPet | undefined {
  return useQuery(demoPetQuery(sprite)).data ?? undefined
}

async function loadImage(address: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.crossOrigin = 'anonymous'
  image.src = address
  await image.decode()
  return image
}

function oneFrame({ naturalWidth: w, naturalHeight: h }: HTMLImageElement): SpriteSheet {
  return { frames: [{ frame: { x: 0, y: 0, w, h }, duration: 1000 }], meta: { size: { w, h }, frameTags: [] } }
}
