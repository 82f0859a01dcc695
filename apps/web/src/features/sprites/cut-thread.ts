import type { Bitmap } from '@sparkle/pixel/bitmap'
import type { CutSteps } from '@sparkle/pixel/cut-steps'
import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { CutAnswer, CutTask } from './cut-worker.ts'

export interface CutThread {
  /** Has a recipe's cut-out worked out; one that waits behind another is replaced by the next. */
  cut(recipe: SpriteRecipe): void
  stop(): void
}

/** Cuts out on a thread of its own, one recipe at a time. Undefined where the browser has none. */
export function openCutThread(work: Image, onCut: (recipe: SpriteRecipe, kept: Bitmap) => void): CutThread | undefined {
  if (!globalThis.Worker) return undefined
  const worker = new Worker(new URL('./cut-worker.ts', import.meta.url), { type: 'module' })
  let running: SpriteRecipe | undefined
  let waiting: SpriteRecipe | undefined
  const post = (task: CutTask) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
    worker.postMessage(task)
  const next = () => {
    running = waiting
    waiting = undefined
    if (running) post({ cut: stepsOf(running) })
  }
  worker.addEventListener('message', ({ data: kept }: MessageEvent<CutAnswer>) => {
    const done = running
    next()
    if (done && kept) onCut(done, kept)
  })
  post({ work })
  return {
    cut(recipe) {
      waiting = recipe
      if (!running) next()
    },
    stop: () => worker.terminate(),
  }
}

const stepsOf = ({ mask, steps, edge }: SpriteRecipe): CutSteps => ({ mask, steps, edge })
