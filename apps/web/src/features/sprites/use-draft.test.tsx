import { completeRecipe, type SpriteRecipe } from '@sparkle/pixel/recipe'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { I18n } from '../../lib/i18n.tsx'
import { ActionProvider } from '../../lib/actions.tsx'
import { readDraft, useDraft } from './use-draft.ts'
import { useRecipe } from './use-recipe.ts'

const first = completeRecipe({ colors: 32 })
const open = (recipe: SpriteRecipe, settled: SpriteRecipe) =>
  renderHook(({ now, saved }) => useDraft('photo', null, now, saved), { initialProps: { now: recipe, saved: settled } })

beforeEach(() => localStorage.clear())

test('what was drawn just before the page is left is kept', () => {
  const tool = open(first, first)
  tool.rerender({ now: { ...first, colors: 48 }, saved: first })
  expect(readDraft('photo', null)).toBeNull()
  tool.unmount()
  expect(readDraft('photo', null)?.colors).toBe(48)
})

test("a recipe that is only tried on a photo leaves the photo's draft alone, and what is saved ends it", () => {
  const tool = open(first, first)
  tool.rerender({ now: { ...first, colors: 48 }, saved: first })
  tool.unmount()

  const tried = { ...first, colors: 64 }
  open(tried, tried).unmount()
  expect(readDraft('photo', null)?.colors).toBe(48)

  const restored = { ...first, colors: 48 }
  const again = open(restored, first)
  again.rerender({ now: restored, saved: restored })
  again.unmount()
  expect(readDraft('photo', null)).toBeNull()
})

test('of two changes before the page is drawn anew, the second goes on from the first', () => {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <I18n>
      <ActionProvider>{children}</ActionProvider>
    </I18n>
  )
  const { result } = renderHook(() => useRecipe(first), { wrapper })
  act(() => {
    const { change } = result.current
    change(({ colors }) => ({ colors: colors + 1 }), 'pixels')
    change(({ colors }) => ({ colors: colors + 1 }), 'pixels')
  })
  expect(result.current.recipe.colors).toBe(34)
  act(() => result.current.undo())
  expect(result.current.recipe.colors).toBe(32)
})
