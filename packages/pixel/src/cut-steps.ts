import { combine, createBitmap, type Bitmap } from './bitmap.ts'
import { refineEdge } from './edge.ts'
import { guessCutOut } from './guess.ts'
import type { Image } from './image.ts'
import { ellipseOf, markMask, markStroke } from './mask.ts'
import { createInterner, createMemory } from './memory.ts'
import type { MaskStep, SpriteRecipe } from './recipe.ts'
import { markLike } from './wand.ts'

export type CutSteps = Pick<SpriteRecipe, 'mask' | 'steps' | 'edge'>

/** The pixels that a step marks, whatever was kept before it. */
export function markStep(work: Image, step: MaskStep): Bitmap {
  switch (step.kind) {
    case 'brush':
      return markStroke(work, step.points, step.radius)
    case 'lasso':
      return markMask(work, { shape: 'polygon', points: step.points })
    case 'ellipse':
      return markMask(work, ellipseOf(step.box))
    case 'wand':
      return markLike(work, step.at, step.tolerance, step.contiguous)
    case 'guess':
      return guessCutOut(work, step.box)
  }
}

/** A work image of 1024 x 1024 takes 1 MB for each bitmap that is remembered. */
const rememberedStates = 24
const rememberedMarks = 12

export interface Cutter {
  /** How much is kept of each pixel; null: all is kept. The bitmaps are shared: do not write to them. */
  kept: (recipe: CutSteps) => Bitmap | null
  /** Whether `kept` would take long: it has a guess, a wand or an edge to work out that is not remembered. */
  isDear: (recipe: CutSteps) => boolean
  /** Remembers what another cutter, on another thread, has worked out for the same work image. */
  learn: (recipe: CutSteps, kept: Bitmap) => void
}

/**
 * Cuts one work image out again and again: what is kept after each of the latest steps is remembered, so that a further
 * stroke costs one stroke and undoing costs nothing, and so are guesses and wands, which are dear.
 */
export function createCutter(work: Image): Cutter {
  const states = createMemory<Bitmap | null>(rememberedStates)
  const marks = createMemory<Bitmap>(rememberedMarks)
  const refined = createMemory<Bitmap>(4)
  const keyOf = createInterner()

  const mark = (step: MaskStep, key: string) => {
    if (step.kind !== 'guess' && step.kind !== 'wand') return markStep(work, step)
    return marks(key, () => markStep(work, step))
  }
  /** A name for what is kept after none, one, two ... of the steps. */
  const namesOf = ({ mask, steps }: CutSteps) => {
    const keys = [keyOf(mask ?? null)]
    for (const step of steps) keys.push(keyOf([keys.at(-1), keyOf(step)]))
    return keys
  }
  const refinedName = (keys: readonly string[], edge: CutSteps['edge']) => keyOf([keys.at(-1), edge])

  const kept = (recipe: CutSteps) => {
    const { mask, steps, edge } = recipe
    const keys = namesOf(recipe)
    const stateAt = (count: number): Bitmap | null => {
      const key = keys[count]!
      const step = steps[count - 1]
      if (!step) return mask ? states(key, () => markMask(work, mask)) : null
      const known = states(key)
      if (known !== undefined) return known
      const before = step.mode === 'replace' ? null : stateAt(count - 1)
      const begun = before ?? createBitmap(work.width, work.height, 255)
      return states(key, () => combine(begun, mark(step, keyOf(step)), step.mode))
    }
    const raw = stateAt(steps.length)
    if (!raw || isUntouched(edge)) return raw
    return refined(refinedName(keys, edge), () => refineEdge(raw, edge))
  }
  const isDear = (recipe: CutSteps) => {
    const { mask, steps, edge } = recipe
    if (!mask && steps.length === 0) return false
    const keys = namesOf(recipe)
    if (!isUntouched(edge)) return refined(refinedName(keys, edge)) === undefined
    for (let count = steps.length; count > 0 && states(keys[count]!) === undefined; count--) {
      const step = steps[count - 1]!
      if ((step.kind === 'guess' || step.kind === 'wand') && marks(keyOf(step)) === undefined) return true
      if (step.mode === 'replace') return false
    }
    return false
  }
  const learn = (recipe: CutSteps, bitmap: Bitmap) => {
    const keys = namesOf(recipe)
    if (isUntouched(recipe.edge)) states(keys.at(-1)!, () => bitmap)
    else refined(refinedName(keys, recipe.edge), () => bitmap)
  }
  return { kept, isDear, learn }
}

function isUntouched({ specks, smooth, grow, feather }: CutSteps['edge']): boolean {
  return specks === 0 && smooth === 0 && grow === 0 && feather === 0
}
