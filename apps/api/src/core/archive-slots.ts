import { Readable } from 'node:stream'
import { AppError } from './app-error.ts'

export interface SlotLimits {
  /** Archives that are sent at a time by one process, each with one file in memory. */
  atOnce: number
  /** How many of them may come of one link. */
  perLink: number
  /** How long a reader may take nothing before the archive is broken off. */
  stallMs: number
}

/**
 * Makes what sends archives, a few at a time. The answered function throws 503 `download.busy` where there is no room,
 * and its stream ends with an error once its reader has stopped taking it.
 */
export function createArchiveSlots({ atOnce, perLink, stallMs }: SlotLimits) {
  let sending = 0
  const ofLink = new Map<string, number>()
  return (linkId: string, archive: AsyncIterable<Buffer>): Readable => {
    const own = ofLink.get(linkId) ?? 0
    if (own >= perLink)
      throw new AppError('unavailable', 'download.busy', 'This link is being downloaded already. Wait for that to end.')
    if (sending >= atOnce)
      throw new AppError('unavailable', 'download.busy', 'Many archives are being sent. Try again in a minute.')
    sending += 1
    ofLink.set(linkId, own + 1)
    const stream = Readable.from(
      watched(archive, () => timer.refresh()),
      { objectMode: false },
    )
    const timer = setTimeout(() => stream.destroy(new Error('Nobody has taken the archive any further.')), stallMs)
    stream.once('close', () => {
      clearTimeout(timer)
      sending -= 1
      const left = (ofLink.get(linkId) ?? 1) - 1
      if (left > 0) ofLink.set(linkId, left)
      else ofLink.delete(linkId)
    })
    return stream
  }
}

/** Says of each chunk that it was asked for. */
async function* watched(chunks: AsyncIterable<Buffer>, onTaken: () => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onTaken()
    yield chunk
  }
}
