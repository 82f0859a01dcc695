import type { Shared } from './shared-state.ts'

export type Rosters = Pick<Shared, 'enter' | 'keep' | 'leave' | 'present' | 'lapsed'>

/** Rosters of one process: name -> holder -> when its time runs out. */
export function createMemoryRosters(): Rosters {
  const rosters = new Map<string, Map<string, Map<string, number>>>()

  /** Whether anybody's time for the name still runs. */
  const isHeld = (holders: Map<string, number>) => [...holders.values()].some((until) => until > Date.now())

  function forget(roster: string, name: string): void {
    const names = rosters.get(roster)
    names?.delete(name)
    if (names?.size === 0) rosters.delete(roster)
  }

  function hold(roster: string, name: string, holder: string, ttlSeconds: number): boolean {
    const names = rosters.get(roster) ?? new Map<string, Map<string, number>>()
    rosters.set(roster, names)
    const holders = names.get(name)
    names.set(name, (holders ?? new Map<string, number>()).set(holder, Date.now() + ttlSeconds * 1000))
    return !holders
  }

  return {
    enter: async (roster, name, holder, ttlSeconds) => hold(roster, name, holder, ttlSeconds),
    async keep(roster, names, holder, ttlSeconds) {
      for (const name of names) hold(roster, name, holder, ttlSeconds)
    },
    async leave(roster, name, holder) {
      const holders = rosters.get(roster)?.get(name)
      if (!holders?.delete(holder) || isHeld(holders)) return false
      forget(roster, name)
      return true
    },
    async present(roster) {
      return [...(rosters.get(roster) ?? [])].flatMap(([name, holders]) => (isHeld(holders) ? [name] : []))
    },
    async lapsed(roster) {
      const gone = [...(rosters.get(roster) ?? [])].flatMap(([name, holders]) => (isHeld(holders) ? [] : [name]))
      for (const name of gone) forget(roster, name)
      return gone
    },
  }
}
