import type { Mentionable } from '@sparkle/shared/comments'

/** What is being typed after an `@`: where the sign stands, and the letters that follow it up to the caret. */
export interface MentionQuery {
  at: number
  letters: string
}

/** A name may have spaces, so the search goes on over one; after more than this it is a sentence. */
const mostLetters = 30

/** The mention that the caret is in, or null. An `@` within a word (an address) begins none. */
export function mentionAt(text: string, caret: number): MentionQuery | null {
  const at = text.lastIndexOf('@', caret - 1)
  if (at < 0 || caret - at - 1 > mostLetters) return null
  if (at > 0 && !/[\s(]/.test(text[at - 1] ?? '')) return null
  const letters = text.slice(at + 1, caret)
  return /[\n@]/.test(letters) ? null : { at, letters }
}

/** Names that begin with the letters, in any of their words. */
export function matching(people: readonly Mentionable[], letters: string): Mentionable[] {
  const wanted = letters.toLowerCase()
  return people
    .filter(({ name }) => {
      const lower = name.toLowerCase()
      return lower.startsWith(wanted) || lower.split(/\s+/).some((word) => word.startsWith(wanted))
    })
    .slice(0, 6)
}

/** The text with the person's name in place of the letters, and where the caret goes. */
export function withMention(
  text: string,
  { at, letters }: MentionQuery,
  name: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, at)}@${name} `
  return { text: before + text.slice(at + 1 + letters.length).replace(/^ /, ''), caret: before.length }
}

/** Of the people who were named while it was written, those whom the text still names; one without a name is kept. */
export function namedIn(text: string, people: readonly { userId: string; name: string }[]): string[] {
  const named = people.filter(({ name }) => name === '' || text.includes(`@${name}`))
  return [...new Set(named.map(({ userId }) => userId))]
}

/** A text in pieces: plain, or naming one of the people mentioned. Longer names first, so that none hides in another. */
export function pieces(text: string, names: readonly string[]): { text: string; mention: boolean }[] {
  const known = [...names].filter((name) => name !== '').sort((a, b) => b.length - a.length)
  const found: { text: string; mention: boolean }[] = []
  let plain = ''
  for (let at = 0; at < text.length;) {
    const name = text[at] === '@' ? known.find((one) => text.startsWith(one, at + 1)) : undefined
    if (name === undefined) {
      plain += text[at]
      at += 1
      continue
    }
    if (plain) found.push({ text: plain, mention: false })
    found.push({ text: `@${name}`, mention: true })
    plain = ''
    at += name.length + 1
  }
  return plain ? [...found, { text: plain, mention: false }] : found
}
