/** Longest edge of a frame in pixels, outline and room for movement included. */
export const spriteSizes = [16, 24, 32, 48, 64, 96, 128] as const
export type SpriteSize = (typeof spriteSizes)[number]

export const ditherModes = ['none', 'ordered', 'floyd-steinberg'] as const
export type DitherMode = (typeof ditherModes)[number]

export const outlineModes = ['none', 'dark', 'light', 'color'] as const
export type OutlineMode = (typeof outlineModes)[number]

export const animationNames = ['idle', 'walk', 'jump'] as const
export type AnimationName = (typeof animationNames)[number]

export const colorLimits = { min: 2, max: 64 } as const

/** A part of the work image; all figures 0..1 of its width and height. */
export type Area = { x: number; y: number; width: number; height: number }

/** [x, y], 0..1 of the work image. */
export type Point = [number, number]

/**
 * What is kept of the photo, in coordinates of the whole work image, so that moving the crop does not move the mask.
 * A polygon is its corners (where it crosses itself, the even-odd rule decides); an ellipse is two opposite corners of
 * its box.
 */
export type Mask = { shape: 'polygon' | 'ellipse'; points: Point[] }

export type Outline = { mode: OutlineMode; /** '#rrggbb', read in mode 'color' only. */ color?: string }

/** Everything that turns a work image into a sprite; plain JSON, kept with the sprite so that it can be made again. */
export type SpriteRecipe = {
  crop?: Area
  mask?: Mask
  size: SpriteSize
  /** '#rrggbb' colours, or a key of `namedPalettes`; absent: drawn from the photo. */
  palette?: string[] | string
  /** Most colours the sprite may have, the outline's included: 2..64. */
  colors: number
  dither: DitherMode
  outline: Outline
  animations: AnimationName[]
  /** Turns a pet that looks left to the right, where sprites look and walk. */
  mirrored: boolean
}

/** The recipe with every absent field at its default. It does not validate: that is the wire schema's part. */
export function completeRecipe(partial: Partial<SpriteRecipe> = {}): SpriteRecipe {
  return {
    size: 64,
    colors: 16,
    dither: 'none',
    outline: { mode: 'dark' },
    animations: ['idle', 'walk'],
    mirrored: false,
    ...partial,
  }
}

/** A first guess for the mask: pets are photographed in the middle, so an ellipse that nearly fills the picture. */
export const firstMask: Mask = {
  shape: 'ellipse',
  points: [
    [0.06, 0.03],
    [0.94, 0.97],
  ],
}
