import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { useState } from 'react'
import { useCreateSprite, useRedrawSprite } from './api.ts'

/** What was saved last: the asset, the version of it, and the sheet that the browser drew by the same recipe. */
export interface Saved {
  spriteId: string
  filename: string
  revision: number
  preview: Image
}

/** Saves a recipe on a photo: as the next version of the sprite that is worked on, or as a sprite of its own. */
export function useSaveSprite(photoId: string, sprite: { id: string; filename: string } | null) {
  const [saved, setSaved] = useState<Saved | null>(null)
  const create = useCreateSprite(photoId)
  const redraw = useRedrawSprite(sprite?.id ?? '')
  const save = (recipe: SpriteRecipe, preview: Image, as: 'version' | 'new', onSaved: () => void) => {
    const done = (spriteId: string, filename: string, revision: number) => {
      setSaved({ spriteId, filename, revision, preview })
      onSaved()
    }
    if (sprite && as === 'version')
      redraw.mutate({ recipe, photoId }, { onSuccess: ({ number }) => done(sprite.id, sprite.filename, number) })
    else create.mutate(recipe, { onSuccess: ({ id, filename, revision }) => done(id, filename, revision) })
  }
  return { save, saved, isPending: create.isPending || redraw.isPending }
}
