import type { MessageView, ReadMark } from '@sparkle/shared/conversations'

/** A day of a conversation, with its messages from the first to the last. */
export interface Day {
  day: string
  messages: MessageView[]
}

/** Puts pages that come newest first into days that come oldest first, by the reader's clock. */
export function daysOf(newestFirst: readonly MessageView[], dayOf: (instant: string) => string): Day[] {
  const days: Day[] = []
  for (const message of newestFirst.toReversed()) {
    const day = dayOf(message.createdAt)
    const last = days.at(-1)
    if (last?.day === day) last.messages.push(message)
    else days.push({ day, messages: [message] })
  }
  return days
}

/** Whether a message goes on where the one before ended: same author, within five minutes. */
export function goesOn(before: MessageView | undefined, message: MessageView): boolean {
  if (!before || before.author.userId !== message.author.userId || before.author.side !== message.author.side)
    return false
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) < 5 * 60_000
}

/** Who of the other side has read the newest message of one's own side; null where nobody has written to them. */
export function readersOf(newestFirst: readonly MessageView[], marks: readonly ReadMark[], side: ReadMark['side']) {
  const newest = newestFirst.find(({ author, deletedAt }) => author.side === side && !deletedAt)
  if (!newest) return null
  const readers = marks.filter((mark) => mark.side !== side && mark.upTo >= newest.number)
  return { messageId: newest.id, names: readers.map(({ name }) => name) }
}
