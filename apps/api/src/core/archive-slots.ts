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

/** A place among the archives that are sent. */
export interface ArchiveSlot {
  /** Takes the place; throws 503 `download.busy` where there is none. Asked for before a download goes on record. */
  take(): void
  /** Gives the place back; nothing where it was not taken. */
  release(): void
  /** Sends the archive in the place that was taken, and gives it back at the end. A reader who stops taking ends it. */
  fill(archive: AsyncIterable<Buffer>): Readable
}

/** Makes what sends archives, a few at a time; the answered function gives a link its next place. */
export function createArchiveSlots({ atOnce, perLink, stallMs }: SlotLimits) {
  let sending = 0
  const ofLink = new Map<string, number>()
  return (linkId: string): ArchiveSlot => {
    let taken = false
    function take(): void {
      const own = ofLink.get(linkId) ?? 0
      if (own >= perLink)
        throw new AppError(
          'unavailable',
          'download.busy',
          'This link is being downloaded already. Wait for that to end.',
        )
      if (sending >= atOnce)
        throw new AppError('unavailable', 'download.busy', 'Many archives are being sent. Try again in a minute.')
      taken = true
      sending += 1
      ofLink.set(linkId, own + 1)
    }
    function release(): void {
      if (!taken) return
      taken = false
      sending -= 1
      const left = (ofLink.get(linkId) ?? 1) - 1
      if (left > 0) ofLink.set(linkId, left)
      else ofLink.delete(linkId)
    }
    function fill(archive: AsyncIterable<Buffer>): Readable {
      const stream = Readable.from(
        watched(archive, () => timer.refresh()),
        { objectMode: false },
      )
      const timer = setTimeout(() => stream.destroy(new Error('Nobody has taken the archive any further.')), stallMs)
      stream.once('close', () => {
        clearTimeout(timer)
        release()
      })
      return stream
    }
    return { take, release, fill }
  }
}

/** Says of each chunk that it was asked for. */
async function* watched(chunks: AsyncIterable<Buffer>, onTaken: () => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onTaken()
    yield chunk
  }
}
