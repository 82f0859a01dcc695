import { Worker } from 'node:worker_threads'
import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { SpriteRender } from '@sparkle/pixel/render'

export interface SpriteTask {
  work: Image
  recipe: SpriteRecipe
}

export type SpriteAnswer = { drawn: SpriteRender } | { failed: string }

/** An idle thread gives its memory back after a minute. */
const idleMs = 60_000

/**
 * One thread, kept between sprites: starting one and warming its code up takes longer than drawing. Like the thread pool
 * behind sharp it belongs to the process and holds nothing of any task.
 */
let thread: Worker | undefined
let idle: NodeJS.Timeout | undefined
let previous: Promise<unknown> = Promise.resolve()

/**
 * Draws a sprite on a thread of its own, because that is 0.05 to 0.5 s of pure computing during which the same process may
 * have to answer requests; one after the other. The work image's pixels move to the thread and are gone for the caller.
 */
export function drawSprite(work: Image, recipe: SpriteRecipe): Promise<SpriteRender> {
  const drawn = previous.then(() => draw({ work, recipe }))
  // Whoever asked is told of a failure; the next in line is not concerned.
  previous = Promise.allSettled([drawn])
  return drawn
}

async function draw(task: SpriteTask): Promise<SpriteRender> {
  clearTimeout(idle)
  thread ??= startThread()
  const answer = await ask(thread, task)
  idle = setTimeout(() => {
    void thread?.terminate()
    thread = undefined
  }, idleMs).unref()
  if ('failed' in answer) throw new Error(answer.failed)
  return answer.drawn
}

function startThread(): Worker {
  const worker = new Worker(new URL('./sprite-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const forget = () => {
    if (thread === worker) thread = undefined
  }
  return worker.on('error', forget).on('exit', forget)
}

function ask(worker: Worker, task: SpriteTask): Promise<SpriteAnswer> {
  return new Promise((resolve, reject) => {
    const answered = (answer: SpriteAnswer) => {
      stopListening()
      resolve(answer)
    }
    const lost = (error: Error) => {
      stopListening()
      reject(error)
    }
    const ended = (code: number) => lost(new Error(`The sprite thread ended with ${code} and drew nothing.`))
    const stopListening = () => {
      worker.off('message', answered).off('error', lost).off('exit', ended)
      worker.unref()
    }
    worker.on('message', answered).on('error', lost).on('exit', ended)
    // It keeps the process alive only while it works.
    worker.ref()
    worker.postMessage(task, [task.work.data.buffer])
  })
}
