import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { createRenderer, type SpriteRender } from '@sparkle/pixel/render'
import { useEffect, useState } from 'react'

/**
 * The sprite of the work image, rendered again at most once a frame and always by the latest recipe. It runs
 * on the main thread: a change costs 6 to 44 ms of Chromium's (`node packages/pixel/bench/preview.ts`), so a worker would
 * mostly add the way there and back.
 */
export function usePreview(work: Image, recipe: SpriteRecipe): SpriteRender {
  const [renderer] = useState(() => createRenderer(work))
  const [shown, setShown] = useState(() => ({ recipe, render: renderer.render(recipe) }))
  useEffect(() => {
    const request = requestAnimationFrame(() =>
      setShown((before) => (before.recipe === recipe ? before : { recipe, render: renderer.render(recipe) })),
    )
    return () => cancelAnimationFrame(request)
  }, [renderer, recipe])
  return shown.render
}
