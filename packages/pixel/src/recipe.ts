/** Grows only when fields change their meaning; new optional fields do not need it. */
export const recipeVersion = 2

/** Longest edge of a frame in pixels, outline and room for movement included. */
export const spriteSizes = [16, 24, 32, 48, 64, 96, 128] as const
export type SpriteSize = (typeof spriteSizes)[number]

/** `ordered` is Bayer's 8 x 8 pattern; `ordered-2` and `ordered-4` are coarser, `halftone` grows dots, `lines` stripes. */
export const ditherModes = [
  'none',
  'ordered',
  'ordered-4',
  'ordered-2',
  'halftone',
  'lines',
  'floyd-steinberg',
  'atkinson',
] as const
export type DitherMode = (typeof ditherModes)[number]

export const outlineModes = ['none', 'dark', 'light', 'color'] as const
export type OutlineMode = (typeof outlineModes)[number]

/** `outer` goes around the pet, `inner` takes the pet's own rim and leaves a pixel more for its body. */
export const outlinePlaces = ['outer', 'inner'] as const
export type OutlinePlace = (typeof outlinePlaces)[number]

export const animationNames = ['idle', 'walk', 'jump', 'happy'] as const
export type AnimationName = (typeof animationNames)[number]

export const colorLimits = { min: 2, max: 64 } as const

/** `replace` begins anew, `add` keeps more, `erase` keeps less, `intersect` keeps what was kept and is marked now. */
export const maskModes = ['replace', 'add', 'erase', 'intersect'] as const
export type MaskMode = (typeof maskModes)[number]

/** What the wire schema allows; an artist's tool stops before. */
export const recipeLimits = {
  steps: 500,
  pointsPerStep: 2000,
  points: 20_000,
  edits: 4096,
  paletteColors: 256,
} as const

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

/**
 * One step of cutting out. Steps are kept, not their result: they can be undone one by one, and done again on a better
 * photo. Each marks some pixels; `mode` says what becomes of them.
 */
export type MaskStep =
  /** A round brush along a line of points; `radius` is 0..1 of the work image's longest edge. */
  | { kind: 'brush'; mode: MaskMode; radius: number; points: Point[] }
  /** What a line encloses, by the even-odd rule. */
  | { kind: 'lasso'; mode: MaskMode; points: Point[] }
  | { kind: 'ellipse'; mode: MaskMode; box: Area }
  /** Everything coloured like the pixel at `at`; `tolerance` 0..100. Contiguous: only what hangs together with it. */
  | { kind: 'wand'; mode: MaskMode; at: Point; tolerance: number; contiguous: boolean }
  /** What stands out from the surroundings of `box`: an automatic first cut-out. */
  | { kind: 'guess'; mode: MaskMode; box: Area }

/** How the cut-out's edge is cleaned up after all steps; lengths in 1/1024 of the work image's longest edge. */
export type MaskEdge = {
  /** Loose bits and holes smaller than this square's edge vanish: 0..128. */
  specks: number
  /** Takes corners off: 0..32. */
  smooth: number
  /** Wider by so much, narrower where negative: -32..32. */
  grow: number
  /** How far the edge fades: 0..32. */
  feather: number
}

export const noEdge: MaskEdge = { specks: 0, smooth: 0, grow: 0, feather: 0 }

export type Outline = {
  mode: OutlineMode
  /** '#rrggbb', read in mode 'color' only. */
  color?: string
  place?: OutlinePlace
}

/**
 * One corrected pixel. `x` and `y` count from the upper left corner of the standing body's box, as the photo looks (before
 * mirroring); `editPlace` reckons them from a frame's pixel. A colour becomes the nearest one of the sprite's palette.
 */
export type PixelEdit = {
  x: number
  y: number
  /** '#rrggbb', or null for a transparent pixel. */
  color: string | null
  /** 'walk 2': in that frame only, over everything. Absent: on the standing body, so that all movements carry it. */
  frame?: string
}

/** Corrections by hand, and the size of the body they were made on: on a body of another size they are scaled with it. */
export type PixelEdits = { width: number; height: number; pixels: PixelEdit[] }

/** Everything that turns a work image into a sprite; plain JSON, kept with the sprite so that it can be made again. */
export type SpriteRecipe = {
  version: typeof recipeVersion
  crop?: Area
  /** Where the steps begin: a shape, or the whole photo. */
  mask?: Mask
  /** In order, after `mask`. */
  steps: MaskStep[]
  edge: MaskEdge
  size: SpriteSize
  /** '#rrggbb' colours, or a key of `namedPalettes`; absent: drawn from the photo. */
  palette?: string[] | string
  /** Most colours the sprite may have, the outline's included: 2..64. */
  colors: number
  dither: DitherMode
  /** How much dithering may mix, 0..100. */
  ditherStrength: number
  outline: Outline
  animations: AnimationName[]
  /** Turns a pet that looks left to the right, where sprites look and walk. */
  mirrored: boolean
  edits?: PixelEdits
}

/**
 * The recipe with every absent field at its default: also a recipe from before steps, which means the same now. It does
 * not validate: that is the wire schema's part.
 */
export function completeRecipe(partial: Partial<SpriteRecipe> = {}): SpriteRecipe {
  return {
    size: 64,
    colors: 16,
    dither: 'none',
    ditherStrength: 100,
    outline: { mode: 'dark' },
    animations: ['idle', 'walk'],
    mirrored: false,
    steps: [],
    edge: noEdge,
    ...partial,
    version: recipeVersion,
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
