import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { createPreview, type SpriteRender } from '@sparkle/pixel/render'
import { useEffect, useState } from 'react'

/**
 * The sprite of the work image, rendered again at most once a frame and always by the latest recipe. On the main thread:
 * the dearest change (mask and size 128 of a full work image) takes 25 ms, less than copying it to a worker and back
 * would add in delay on a phone.
 */
export function usePreview(work: Image, recipe: SpriteRecipe): SpriteRender {
  const [preview] = useState(() => createPreview(work))
  const [shown, setShown] = useState(() => ({ recipe, render: preview(recipe) }))
  useEffect(() => {
    const request = requestAnimationFrame(() =>
      setShown((before) => (before.recipe === recipe ? before : { recipe, render: preview(recipe) })),
    )
    return () => cancelAnimationFrame(request)
  }, [preview, recipe])
  return shown.render
}
