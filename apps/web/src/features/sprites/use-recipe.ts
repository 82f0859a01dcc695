import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { useEffect, useEffectEvent, useReducer } from 'react'
import { useTranslations } from 'use-intl'
import { Redo2, Undo2 } from 'lucide-react'
import { useAction } from '../../lib/actions.tsx'
import { record, redo, settle, startHistory, undo, type History } from './history.ts'

/** Some fields, or how they follow from the recipe as it will be by then. */
type Change = Partial<SpriteRecipe> | ((now: SpriteRecipe) => Partial<SpriteRecipe>)
type Step = { kind: 'change'; change: Change; gesture: string | null } | { kind: 'settle' | 'undo' | 'redo' }

function step(history: History<SpriteRecipe>, action: Step): History<SpriteRecipe> {
  switch (action.kind) {
    case 'change': {
      const change = typeof action.change === 'function' ? action.change(history.now) : action.change
      return record(history, { ...history.now, ...change }, action.gesture)
    }
    case 'settle':
      return settle(history)
    case 'undo':
      return undo(history)
    case 'redo':
      return redo(history)
  }
}

/** What the tool's parts may do with the recipe. */
export interface RecipeEditing {
  recipe: SpriteRecipe
  /** Changes of one gesture (a drag, a held key) are one step back until `onSettle`. */
  change: (change: Change, gesture?: string) => void
  onSettle: () => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
}

/** The recipe with undo and redo, by buttons, by the palette and by Ctrl+Z, Ctrl+Y and Shift+Ctrl+Z. */
export function useRecipe(first: SpriteRecipe): RecipeEditing {
  const t = useTranslations('sprites')
  const [history, dispatch] = useReducer(step, first, startHistory)
  const goBack = () => dispatch({ kind: 'undo' })
  const goForth = () => dispatch({ kind: 'redo' })
  useAction({ id: 'sprite-undo', label: t('undo'), group: 'page', keys: 'mod+z', icon: Undo2, run: goBack })
  useAction({ id: 'sprite-redo', label: t('redo'), group: 'page', keys: 'mod+y', icon: Redo2, run: goForth })
  useShiftedRedo(goForth)
  return {
    recipe: history.now,
    change: (change, gesture) => dispatch({ kind: 'change', change, gesture: gesture ?? null }),
    onSettle: () => dispatch({ kind: 'settle' }),
    undo: goBack,
    redo: goForth,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  }
}

/** Shift+Ctrl+Z. Caught on the way down, because the actions' own keys do not know shift and would take it for undo. */
function useShiftedRedo(run: () => void): void {
  const onRedo = useEffectEvent(run)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      onRedo()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
