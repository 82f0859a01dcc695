import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { SpriteRender } from '@sparkle/pixel/render'
import { createKeptThread } from '../../core/kept-thread.ts'

export interface SpriteTask {
  work: Image
  recipe: SpriteRecipe
}

export type SpriteAnswer = { drawn: SpriteRender } | { failed: string }

/** Like the thread pool behind sharp it belongs to the process and holds nothing of any task. */
const ask = createKeptThread<SpriteTask, SpriteAnswer>({
  file: new URL('./sprite-thread.ts', import.meta.url),
  maxMemoryMb: 512,
})

/**
 * Draws a sprite on a thread of its own, because that is 0.05 to 0.5 s of pure computing during which the same process may
 * have to answer requests; one after the other. The work image's pixels move to the thread and are gone for the caller.
 */
export async function drawSprite(work: Image, recipe: SpriteRecipe): Promise<SpriteRender> {
  const answer = await ask({ work, recipe }, [work.data.buffer])
  if ('failed' in answer) throw new Error(answer.failed)
  return answer.drawn
}
