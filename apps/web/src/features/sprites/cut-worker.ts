import type { Bitmap } from '@sparkle/pixel/bitmap'
import { createCutter, type Cutter, type CutSteps } from '@sparkle/pixel/cut-steps'
import type { Image } from '@sparkle/pixel/image'

/** The work image comes first and once; then what is to be cut out of it. */
export type CutTask = { work: Image } | { cut: CutSteps }
export type CutAnswer = Bitmap | null

let cutter: Cutter | undefined

self.addEventListener('message', ({ data }: MessageEvent<CutTask>) => {
  if ('work' in data) cutter = createCutter(data.work)
  else if (cutter) {
    const answer: CutAnswer = cutter.kept(data.cut)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
    self.postMessage(answer)
  }
})
