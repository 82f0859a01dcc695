import { z } from 'zod'
import { useState } from 'react'
import { readAllKept, readKept, writeKept } from '../../lib/kept-draft.ts'

const wishesDraft = z.object({ note: z.string(), points: z.array(z.string()).max(20) })
type WishesDraft = z.infer<typeof wishesDraft>
const none: WishesDraft = { note: '', points: [] }

const ticksDraft = z.array(z.string()).max(20)

/** The points of the studio's list that somebody has ticked, kept on this device until they approve. */
export function useTicksDraft(person: string, versionId: string) {
  const key = `ticks-draft ${person} ${versionId}`
  const [ticked, setTicked] = useState<readonly string[]>(() => readKept(key, ticksDraft) ?? [])
  const tick = (next: readonly string[]) => {
    setTicked(next)
    writeKept(key, next.length === 0 ? null : next)
  }
  return [ticked, tick] as const
}

/** What somebody is about to say of a version, kept on this device until it is sent, as comments are. */
export function useWishesDraft(person: string, versionId: string) {
  const key = `wishes-draft ${person} ${versionId}`
  const [draft, setDraft] = useState(() => readKept(key, wishesDraft) ?? none)
  const put = (next: WishesDraft) => {
    setDraft(next)
    const blank = next.note.trim() === '' && next.points.every((point) => point.trim() === '')
    writeKept(key, blank ? null : next)
  }
  return {
    ...draft,
    setNote: (note: string) => put({ ...draft, note }),
    setPoints: (points: string[]) => put({ ...draft, points }),
    clear: () => put(none),
  }
}

/** The words of all wishes that somebody has begun and not sent, each point in a line of its own. */
export function draftedWishes(person: string): string[] {
  return readAllKept(`wishes-draft ${person} `, wishesDraft).flatMap(
    ({ note, points }) => [note, ...points].filter((words) => words.trim() !== '').join('\n') || [],
  )
}
