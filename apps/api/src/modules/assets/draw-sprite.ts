import { Worker } from 'node:worker_threads'
import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { SpriteRender } from '@sparkle/pixel/render'

export interface SpriteTask {
  work: Image
  recipe: SpriteRecipe
}

/**
 * Draws a sprite on a thread of its own: it takes some 0.2 s of pure computing, during which the same process may have
 * to answer requests. The work image's pixels move to the thread and are gone for the caller.
 */
export function drawSprite(work: Image, recipe: SpriteRecipe): Promise<SpriteRender> {
  const task: SpriteTask = { work, recipe }
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./sprite-thread.ts', import.meta.url), {
      workerData: task,
      transferList: [work.data.buffer],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    thread.once('message', resolve)
    thread.once('error', reject)
    // After a message this changes nothing, since a promise is settled once.
    thread.once('exit', (code) => reject(new Error(`The sprite thread ended with ${code} and drew nothing.`)))
  })
}
