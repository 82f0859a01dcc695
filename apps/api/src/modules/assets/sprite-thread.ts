import { parentPort, workerData } from 'node:worker_threads'
import { renderSprite } from '@sparkle/pixel/render'
import type { SpriteTask } from './draw-sprite.ts'

if (!parentPort) throw new Error('This file runs as a thread of draw-sprite.ts.')
const { work, recipe } = workerData as SpriteTask
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin, a window has
parentPort.postMessage(renderSprite(work, recipe))
