import type { Bitmap } from '@sparkle/pixel/bitmap'
import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { createRenderer, type Renderer, type SpriteRender } from '@sparkle/pixel/render'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { openCutThread, type CutThread } from './cut-thread.ts'

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
 * The sprite of the work image, rendered again at most once a frame and always by the latest recipe. Most of it runs on
 * the main thread: a change costs 6 to 44 ms of Chromium's (`node packages/pixel/bench/preview.ts`), so that a worker
 * would mostly add the way there and back. Guesses, wands and edges take 130 ms and come from one; until the first is
 * there, the whole photo is shown.
 */
export function usePreview(work: Image, recipe: SpriteRecipe): Preview {
  const [renderer] = useState(() => createRenderer(work))
  const [shown, setShown] = useState(() =>
    previewOf(renderer, globalThis.Worker && renderer.isDear(recipe) ? uncut(recipe) : recipe),
  )
  const thread = useRef<CutThread>(undefined)
  const onCut = useEffectEvent((cut: SpriteRecipe, kept: Bitmap) => {
    renderer.learn(cut, kept)
    // While a slider moves on, what is there already is better than nothing.
    setShown(previewOf(renderer, renderer.isDear(recipe) ? cut : recipe))
  })
  useEffect(() => {
    const opened = openCutThread(work, (cut, kept) => onCut(cut, kept))
    thread.current = opened
    return () => opened?.stop()
  }, [work])
  useEffect(() => {
    if (renderer.isDear(recipe) && globalThis.Worker) return thread.current?.cut(recipe)
    const request = requestAnimationFrame(() =>
      setShown((before) => (before.recipe === recipe ? before : previewOf(renderer, recipe))),
    )
    return () => cancelAnimationFrame(request)
  }, [renderer, recipe])
  return shown
}

function uncut({ mask: _mask, ...recipe }: SpriteRecipe): SpriteRecipe {
  return { ...recipe, steps: [], edge: { specks: 0, smooth: 0, grow: 0, feather: 0 } }
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
