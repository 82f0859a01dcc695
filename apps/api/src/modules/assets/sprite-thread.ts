import { parentPort } from 'node:worker_threads'
import { renderSprite } from '@sparkle/pixel/render'
import type { SpriteAnswer, SpriteTask } from './draw-sprite.ts'

if (!parentPort) throw new Error('This file runs as a thread of draw-sprite.ts.')
const port = parentPort

port.on('message', ({ work, recipe }: SpriteTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin, a window has
  port.postMessage(answer(work, recipe))
})

function answer(work: SpriteTask['work'], recipe: SpriteTask['recipe']): SpriteAnswer {
  try {
    return { drawn: renderSprite(work, recipe) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
