import { recipeLimits, type Area, type MaskMode, type MaskStep, type Point } from '@sparkle/pixel/recipe'

/** What becomes of what a tool marks; `intersect` is for scripts. */
export const markModes = ['replace', 'add', 'erase'] as const satisfies readonly MaskMode[]
export type MarkMode = (typeof markModes)[number]

/** How each tool begins: a guess starts anew, a brush keeps more, a wand takes the background away. */
export const firstModes = { guess: 'replace', brush: 'add', lasso: 'replace', wand: 'erase' } as const

export type MarkTool = keyof typeof firstModes

/** A box is never smaller than this share of the photo: less is a slip of the hand. */
const smallestBox = 0.02
/** More points than this are not seen, and cost time to fill. */
const mostPoints = 400

/** A tenth of a pixel of the work image. */
export function roundPoint([x, y]: Point): Point {
  return [roundShare(x), roundShare(y)]
}

function roundShare(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000
}

/** The line with at most 400 points: the longer it is, the more are left out. Its ends stay. */
export function thinLine(line: readonly Point[]): Point[] {
  const step = Math.max(1, Math.ceil(line.length / mostPoints))
  return line.filter((_, index) => index % step === 0 || index === line.length - 1).map(roundPoint)
}

/** What a line encloses, or null where it encloses nothing to speak of. */
export function lassoStep(line: readonly Point[], mode: MaskMode): MaskStep | null {
  const points = thinLine(line)
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [width, height] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)]
  return points.length < 3 || width < smallestBox || height < smallestBox ? null : { kind: 'lasso', mode, points }
}

/** The box between two corners, however they lie; null where it is too small to be meant. */
export function boxBetween([x1, y1]: Point, [x2, y2]: Point): Area | null {
  const [left, top] = roundPoint([Math.min(x1, x2), Math.min(y1, y2)])
  const [right, bottom] = roundPoint([Math.max(x1, x2), Math.max(y1, y2)])
  const box = { x: left, y: top, width: roundShare(right - left), height: roundShare(bottom - top) }
  return box.width < smallestBox || box.height < smallestBox ? null : box
}

/** The steps and one more, or null where a recipe can hold no more of them. A new beginning forgets what was before it. */
export function addStep(steps: readonly MaskStep[], step: MaskStep): MaskStep[] | null {
  if (step.mode === 'replace') return [step]
  const next = [...steps, step]
  const points = next.reduce((sum, one) => sum + ('points' in one ? one.points.length : 1), 0)
  return next.length > recipeLimits.steps || points > recipeLimits.points ? null : next
}

/** Whether the shape that the steps begin with still shows. */
export function hidesBase(steps: readonly MaskStep[]): boolean {
  return steps.some(({ mode }) => mode === 'replace')
}
