import { useState } from 'react'

/** What somebody has begun to write to a conversation, kept on this device until it is sent. */
export function useMessageDraft(userId: string, projectId: string) {
  const key = `sc.draft.${userId}.${projectId}`
  const [text, setText] = useState(() => {
    try {
      return localStorage.getItem(key) ?? ''
    } catch {
      // Storage is refused in some private windows: the draft then lasts as long as the page.
      return ''
    }
  })
  const store = (next: string) => {
    setText(next)
    try {
      if (next.trim() === '') localStorage.removeItem(key)
      else localStorage.setItem(key, next)
    } catch {
      // As above.
    }
  }
  return [text, store] as const
}
