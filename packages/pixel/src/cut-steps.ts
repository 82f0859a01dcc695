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

/**
 * Cuts one work image out again and again: what is kept after each of the latest steps is remembered, so that a further
 * stroke costs one stroke and undoing costs nothing, and so are guesses and wands, which are dear. Null: all is kept. The
 * bitmaps are shared: do not write to them.
 */
export function createCutter(work: Image): (recipe: CutSteps) => Bitmap | null {
  const states = createMemory<Bitmap | null>(rememberedStates)
  const marks = createMemory<Bitmap>(rememberedMarks)
  const refined = createMemory<Bitmap>(4)
  const keyOf = createInterner()

  const mark = (step: MaskStep, key: string) => {
    if (step.kind !== 'guess' && step.kind !== 'wand') return markStep(work, step)
    return marks(key, () => markStep(work, step))
  }
  return ({ mask, steps, edge }) => {
    const keys = [keyOf(mask ?? null)]
    for (const step of steps) keys.push(keyOf([keys.at(-1), keyOf(step)]))
    const stateAt = (count: number): Bitmap | null => {
      const key = keys[count]!
      const step = steps[count - 1]
      if (!step) return mask ? states(key, () => markMask(work, mask)) : null
      const known = states(key)
      if (known !== undefined) return known
      const before = step.mode === 'replace' ? null : stateAt(count - 1)
      const kept = before ?? createBitmap(work.width, work.height, 255)
      return states(key, () => combine(kept, mark(step, keyOf(step)), step.mode))
    }
    const kept = stateAt(steps.length)
    const untouched = edge.specks === 0 && edge.smooth === 0 && edge.grow === 0 && edge.feather === 0
    if (!kept || untouched) return kept
    return refined(keyOf([keys.at(-1), edge]), () => refineEdge(kept, edge))
  }
}
