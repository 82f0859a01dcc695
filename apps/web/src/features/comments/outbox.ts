import { createCommentInput, type CreateCommentInput, type ReplyView } from '@sparkle/shared/comments'
import { z } from 'zod'
import { isProblem } from '../../lib/problem.ts'

const storedEntry = z.object({
  key: z.string(),
  versionId: z.string(),
  input: createCommentInput,
  writtenAt: z.number(),
  /** When it was first tried: until then it cannot have arrived. */
  triedAt: z.number().nullable(),
  /** Why the API did not take it; it is not tried again by itself. */
  refused: z.string().nullable(),
})
/** A comment that has not arrived yet. `key` is its Idempotency-Key: however often it is tried, it arrives once. */
export type OutboxEntry = z.infer<typeof storedEntry>

export interface Outbox {
  add: (versionId: string, input: CreateCommentInput) => void
  /** Tries what waits, one after the other in the order it was written; does nothing while it is at it. */
  flush: () => Promise<void>
  /** Lets go what is not tried by itself any more; `flush` then tries it, with what is changed about it. */
  retry: (key: string, change?: Partial<CreateCommentInput>) => void
  remove: (key: string) => void
  list: () => readonly OutboxEntry[]
  /** The one on its way right now. */
  sending: () => string | null
  subscribe: (listener: () => void) => () => void
  /** Reads what another tab has written. */
  reread: () => void
}

export interface OutboxParts {
  storageKey: string
  send: (entry: OutboxEntry) => Promise<ReplyView>
  /** It has arrived: shown before it leaves the outbox, so that it is never out of sight. */
  onArrived: (comment: ReplyView) => void
  textOf: (error: unknown) => string
  newKey: () => string
  now: () => number
}

/** The API knows a key for a day; what was tried before that could arrive twice, so a person decides. */
const keyLastsMs = 23 * 60 * 60 * 1000

/** No answer, a busy server, a session to renew, or the same key still at work elsewhere: it will do later. */
function isPassing(error: unknown): boolean {
  if (!isProblem(error)) return false
  return (
    error.status === 0 ||
    error.status === 401 ||
    error.status === 429 ||
    error.status >= 500 ||
    error.code === 'idempotency.in_progress'
  )
}

/** Comments on their way, kept on this device so that a bad connection or a closed tab loses none. */
export function createOutbox({ storageKey, send, onArrived, textOf, newKey, now }: OutboxParts): Outbox {
  let entries = read(storageKey)
  let sending: string | null = null
  const listeners = new Set<() => void>()

  const tell = () => {
    for (const listener of listeners) listener()
  }
  const set = (next: readonly OutboxEntry[]) => {
    entries = next
    write(storageKey, entries)
    tell()
  }
  const patch = (key: string, change: Partial<OutboxEntry>) =>
    set(entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)))
  const mayTry = ({ refused, triedAt }: OutboxEntry) =>
    refused === null && (triedAt === null || now() - triedAt < keyLastsMs)

  const sendOne = async (entry: OutboxEntry): Promise<boolean> => {
    sending = entry.key
    patch(entry.key, { triedAt: entry.triedAt ?? now() })
    try {
      const arrived = await send(entry)
      sending = null
      onArrived(arrived)
      set(entries.filter(({ key }) => key !== entry.key))
      return true
    } catch (error) {
      sending = null
      if (isPassing(error)) {
        tell()
        return false
      }
      patch(entry.key, { refused: textOf(error) })
      return true
    }
  }

  return {
    add(versionId, input) {
      set([...entries, { key: newKey(), versionId, input, writtenAt: now(), triedAt: null, refused: null }])
    },
    async flush() {
      if (sending !== null) return
      for (let next = entries.find(mayTry); next; next = entries.find(mayTry)) if (!(await sendOne(next))) return
    },
    retry(key, change) {
      // What may be under way keeps its key. Refused, it was not taken: under the same key it would be refused once more.
      set(
        entries.map((entry) =>
          entry.key === key && !mayTry(entry)
            ? { ...entry, input: { ...entry.input, ...change }, key: newKey(), triedAt: null, refused: null }
            : entry,
        ),
      )
    },
    remove: (key) => set(entries.filter((entry) => entry.key !== key)),
    list: () => entries,
    sending: () => sending,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reread() {
      entries = read(storageKey)
      tell()
    },
  }
}

function read(storageKey: string): readonly OutboxEntry[] {
  try {
    const parsed = z.array(storedEntry).safeParse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'))
    return parsed.success ? parsed.data : []
  } catch {
    // No storage in some private windows: what waits then lasts as long as the page.
    return []
  }
}

function write(storageKey: string, entries: readonly OutboxEntry[]): void {
  try {
    if (entries.length > 0) localStorage.setItem(storageKey, JSON.stringify(entries))
    else localStorage.removeItem(storageKey)
  } catch {
    // Refused or full: as above.
  }
}
