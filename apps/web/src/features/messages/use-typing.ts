import { useEffect, useState } from 'react'
import { useLiveEvent } from '../../lib/live.tsx'

/** A word about typing is good for so long; whoever goes on says it again before that. */
const goodMs = 5000

interface Typist {
  userId: string
  name: string
  until: number
}

/** The names of those who write to a project's conversation right now. */
export function useTyping(projectId: string): string[] {
  const [typists, setTypists] = useState<readonly Typist[]>([])
  const room = `project:${projectId}`

  useLiveEvent((event) => {
    if ('seq' in event) {
      if (event.type === 'message:added' && event.projectId === projectId)
        setTypists((known) => known.filter(({ userId }) => userId !== event.actor.id))
      return
    }
    const { userId, userName } = event.data
    if (event.room !== room || typeof userId !== 'string') return
    const others = (known: readonly Typist[]) => known.filter((one) => one.userId !== userId)
    if (event.type === 'user:left') setTypists(others)
    if (event.type === 'typing')
      setTypists((known) => [...others(known), { userId, name: String(userName ?? ''), until: Date.now() + goodMs }])
  })

  const next = typists.length === 0 ? null : Math.min(...typists.map(({ until }) => until))
  useEffect(() => {
    if (next === null) return
    const timer = setTimeout(
      () => setTypists((known) => known.filter(({ until }) => until > Date.now())),
      Math.max(0, next - Date.now()) + 50,
    )
    return () => clearTimeout(timer)
  }, [next])
  return typists.map(({ name }) => name)
}
