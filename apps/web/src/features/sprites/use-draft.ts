import { completeRecipe, type SpriteRecipe } from '@sparkle/pixel/recipe'
import { spriteRecipe } from '@sparkle/shared/sprites'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

/** Where the unfinished work on one photo is kept, on this device. */
const keyOf = (photoId: string, from: string | null) => `sprite-draft ${photoId} ${from ?? ''}`
/** Not at every pixel of a drag. */
const writeAfterMs = 400

/** The recipe that was being worked on when the page was left, or null; what an older version wrote is checked. */
export function readDraft(photoId: string, from: string | null): SpriteRecipe | null {
  try {
    const stored = localStorage.getItem(keyOf(photoId, from))
    if (stored === null) return null
    const parsed = spriteRecipe.safeParse(JSON.parse(stored))
    return parsed.success ? completeRecipe(parsed.data) : null
  } catch {
    // No storage in some private windows, or half a text: there is no draft then.
    return null
  }
}

function writeDraft(photoId: string, from: string | null, recipe: SpriteRecipe | null): void {
  try {
    if (recipe) localStorage.setItem(keyOf(photoId, from), JSON.stringify(recipe))
    else localStorage.removeItem(keyOf(photoId, from))
  } catch {
    // Refused or full: the work then lasts as long as the page.
  }
}

/**
 * Keeps the recipe over a reload while it differs from `settled`, the recipe that was opened or saved last. Nothing is
 * written before something was done here: a recipe that is only tried on this photo leaves its draft alone.
 */
export function useDraft(photoId: string, from: string | null, recipe: SpriteRecipe, settled: SpriteRecipe): void {
  const [opened] = useState({ recipe, settled })
  const waiting = useRef(false)
  const write = useEffectEvent(() => {
    if (!waiting.current) return
    waiting.current = false
    writeDraft(photoId, from, JSON.stringify(recipe) === JSON.stringify(settled) ? null : recipe)
  })
  const touched = useRef(false)
  useEffect(() => {
    touched.current ||= recipe !== opened.recipe || settled !== opened.settled
    if (!touched.current) return
    waiting.current = true
    const timer = setTimeout(() => write(), writeAfterMs)
    return () => clearTimeout(timer)
  }, [recipe, settled, opened])
  useEffect(() => {
    // Whoever leaves right after a stroke has drawn it all the same.
    const onHide = () => write()
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      onHide()
    }
  }, [])
}

/** The draft as it was when the page was opened. */
export function useFirstDraft(photoId: string, from: string | null): SpriteRecipe | null {
  const [draft] = useState(() => readDraft(photoId, from))
  return draft
}
