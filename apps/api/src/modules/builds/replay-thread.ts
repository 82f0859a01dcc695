import { parentPort } from 'node:worker_threads'
import { replayBuilt } from '@sparkle/games/builder/smoke-play'
import { decodeLog } from '@sparkle/games/engine/input-log'
import type { ReplayAnswer, ReplayTask } from './replay.service.ts'

if (!parentPort) throw new Error('This file runs as a thread of replay.service.ts.')
const port = parentPort

port.on('message', (task: ReplayTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin, a window has
  port.postMessage(answer(task))
})

function answer({ html, log, tick }: ReplayTask): ReplayAnswer {
  const ticks = decodeLog(log)?.ticks
  if (ticks === undefined) return { is: 'broken' }
  if (tick > ticks) return { is: 'too_short', ticks }
  try {
    const [state] = replayBuilt(html, [{ log, untilTick: tick }])
    return state ? { is: 'played', hash: state.hash } : { is: 'broken' }
  } catch (error) {
    return { is: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
