import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type ReactNode,
} from 'react'
import { comboOf, isTyping, matchKeys } from './keys.ts'

export const actionGroups = ['go', 'create', 'page', 'general'] as const
export type ActionGroup = (typeof actionGroups)[number]

/**
 * Something a person can do here: declared once, it is in the command palette, in the list of shortcuts and on its keys.
 */
export interface Action {
  id: string
  /** A translated verb phrase: "Go to projects". */
  label: string
  group: ActionGroup
  /** `c`, `g p` (one after the other) or `mod+k` (Ctrl, on a Mac Command). */
  keys?: string
  icon?: ComponentType
  /** Null where a part of the page listens for the keys by itself: they are in the list of shortcuts only. */
  run: (() => void) | null
}

/** What can be done from the palette and by its keys alone. */
export type RunnableAction = Action & { run: () => void }
export function isRunnable(action: Action): action is RunnableAction {
  return action.run !== null
}

interface ActionStore {
  add: (action: Action) => () => void
  list: () => readonly Action[]
  subscribe: (listener: () => void) => () => void
}

function createStore(): ActionStore {
  let actions: readonly Action[] = []
  const listeners = new Set<() => void>()
  const set = (next: readonly Action[]) => {
    actions = next
    for (const listener of listeners) listener()
  }
  return {
    add(action) {
      set([...actions, action])
      return () => set(actions.filter((other) => other !== action))
    },
    list: () => actions,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const ActionContext = createContext<ActionStore | null>(null)
const sequenceMs = 1000

/** Listens for the keys of all actions. Where two share keys, the one declared last, the more specific one, wins. */
export function ActionProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createStore)

  useEffect(() => {
    let pending: string[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const combo = comboOf(event)
      if (!combo || (isTyping(event.target) && !combo.startsWith('mod+'))) return
      clearTimeout(timer)
      const { action, rest } = matchKeys(store.list().filter(isRunnable), [...pending, combo])
      pending = rest
      timer = setTimeout(() => {
        pending = []
      }, sequenceMs)
      if (!action) return
      event.preventDefault()
      action.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [store])

  return <ActionContext value={store}>{children}</ActionContext>
}

function useStore(): ActionStore {
  const store = useContext(ActionContext)
  if (!store) throw new Error('Actions need an ActionProvider above them.')
  return store
}

/** All actions that can be done now, those of the page last. */
export function useActions(): readonly Action[] {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, store.list)
}

/** Offers an action while the caller is on the page. Pass `null` where it is not allowed. */
export function useAction(action: Action | null): void {
  const store = useStore()
  const run = useEffectEvent(() => action?.run?.())
  const icon = action?.icon
  const id = action?.id
  const label = action?.label
  const keys = action?.keys
  const group = action?.group
  const runs = action?.run != null
  useEffect(() => {
    if (!id || !label || !group) return
    return store.add({ id, label, group, keys, icon, run: runs ? () => run() : null })
  }, [store, id, label, keys, group, icon, runs])
}
