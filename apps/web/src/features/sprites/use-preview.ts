import type { Bitmap } from '@sparkle/pixel/bitmap'
import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { createRenderer, type Renderer, type SpriteRender } from '@sparkle/pixel/render'
import { useEffect, useState } from 'react'

export interface Preview {
  render: SpriteRender
  /** How much is kept of each pixel of the work image; null for all of it. */
  kept: Bitmap | null
  /** What is cut out of the photo, before it is made small; null where nothing is left. */
  cutPhoto: () => Image | null
  /** The sheet by another recipe than the one shown, such as the newest, which may not have been drawn yet. */
  sheetOf: (recipe: SpriteRecipe) => Image
}

/**
 * The sprite of the work image, rendered again at most once a frame and always by the latest recipe. It runs
 * on the main thread: a change costs 6 to 44 ms of Chromium's (`node packages/pixel/bench/preview.ts`), so a worker would
 * mostly add the way there and back.
 */
export function usePreview(work: Image, recipe: SpriteRecipe): Preview {
  const [renderer] = useState(() => createRenderer(work))
  const [shown, setShown] = useState(() => previewOf(renderer, recipe))
  useEffect(() => {
    const request = requestAnimationFrame(() =>
      setShown((before) => (before.recipe === recipe ? before : previewOf(renderer, recipe))),
    )
    return () => cancelAnimationFrame(request)
  }, [renderer, recipe])
  return shown
}

function previewOf(renderer: Renderer, recipe: SpriteRecipe): Preview & { recipe: SpriteRecipe } {
  return {
    recipe,
    render: renderer.render(recipe),
    kept: renderer.kept(recipe),
    cutPhoto: () => renderer.cutPhoto(recipe),
    sheetOf: (newest) => renderer.render(newest).sheet,
  }
}
