import { animate, movementRoom, movementUnit, type Frame } from './animate.ts'
import { cutImage, keptBounds, type Bitmap } from './bitmap.ts'
import { pixelArea } from './crop.ts'
import { createCutter, type CutSteps, type Cutter } from './cut-steps.ts'
import { quantize } from './dither.ts'
import { applyEdits } from './edits.ts'
import { enhance, fitToPalette } from './enhance.ts'
import { createImage, mirrorImage, type Image, type Rect } from './image.ts'
import { createInterner, createMemory } from './memory.ts'
import { isPaletteName, namedPalettes } from './named-palettes.ts'
import { formatHex, labOfColor, labOfImage, parseHex } from './oklab.ts'
import { addOutline, outlineColor } from './outline.ts'
import { choosePalette, countColors, extractPalette, sortByLightness } from './palette.ts'
import type { Area, Outline, SpriteRecipe } from './recipe.ts'
import { hardenAlpha, resizeArea } from './resize.ts'
import { packSheet, type AsepriteSheet } from './sheet.ts'

export type SpriteRender = {
  /** All frames, see `AsepriteSheet`. */
  sheet: Image
  /** Frame 0: the standing pet. */
  still: Image
  meta: AsepriteSheet
  /** '#rrggbb', dark to light, at most `recipe.colors`; empty if the cut-out is empty (and the frames transparent). */
  palette: string[]
  /** Where the standing body lies in every frame, outline and corrections not counted; what `PixelEdits` refer to. */
  body: Rect
}

/** The first half of the work, and by far the most: the pet cut out and small, with its place in the frame. */
type CutOut = {
  frame: { width: number; height: number }
  /** Where the body stands in the frame. */
  body: Rect
  /** OKLab, three numbers a pixel. */
  lab: Float64Array
  /** 1 where the pet is. */
  inside: Uint8Array
}

/** Makes a sprite of a work image: the same pixels for the same image and recipe, in every browser and on the server. */
export function renderSprite(work: Image, recipe: SpriteRecipe): SpriteRender {
  return createRenderer(work).render(recipe)
}

export type Renderer = {
  render: (recipe: SpriteRecipe) => SpriteRender
  /** How much is kept of each pixel of the work image (crop left aside), or null for all of it. Not to be written to. */
  kept: (recipe: CutSteps) => Bitmap | null
  isDear: Cutter['isDear']
  learn: Cutter['learn']
  /** The pet cut out of the photo, before it becomes pixels: cropped, without empty border; null where nothing is kept. */
  cutPhoto: (recipe: CutSteps & Pick<SpriteRecipe, 'crop'>) => Image | null
}

/**
 * Renders one work image again and again, for a live preview: each step of the work is remembered by what it was made of,
 * so that a change costs only the steps after it. Recipes and their parts must not be changed once they were shown to it.
 */
export function createRenderer(work: Image): Renderer {
  const { kept, isDear, learn } = createCutter(work)
  const cuts = createMemory<CutOut>(remembered)
  const colorings = createMemory<Colors>(remembered)
  const bodies = createMemory<Image>(remembered)
  const strips = createMemory<Frame[]>(4 * remembered)
  const name = createInterner()
  const nameOfKept = createNamer()

  const render = (recipe: SpriteRecipe): SpriteRender => {
    const { crop, size, outline, animations, mirrored, palette, colors, dither, ditherStrength, edits } = recipe
    const bitmap = kept(recipe)
    const room = movementRoom(animations, movementUnit(size))
    const place = [borderOf(outline), room.top, room.side]
    const cutName = name([nameOfKept(bitmap), crop, size, place, mirrored])
    const cut = cuts(cutName, () => cutOut(work, bitmap, recipe))
    const colorName = name([cutName, palette, colors, outline.mode, outline.color])
    const chosen = colorings(colorName, () => chooseColors(cut, recipe))
    const bodyEdits = edits && { ...edits, pixels: edits.pixels.filter((edit) => edit.frame === undefined) }
    const bodyName = name([colorName, dither, ditherStrength, bodyEdits ?? null])
    const bare = bodies(bodyName, () => editBody(paintBody(cut, chosen, recipe), cut, chosen, recipe))

    const finish = (image: Image, frame: string) =>
      editFrame(outlined(image, chosen, outline), frame, cut, chosen, recipe)
    const still = finish(bare, 'still 0')
    const moving = [...new Set(animations)].map((animation) => ({
      name: animation,
      frames: strips(`${bodyName} ${animation}`, () => animate(bare, animation, movementUnit(size))).map(
        (frame, index) => ({ ...frame, image: finish(frame.image, `${animation} ${index}`) }),
      ),
    }))
    const { sheet, meta } = packSheet([{ name: 'still', frames: [{ image: still, durationMs: 100 }] }, ...moving])
    return { sheet, still, meta, palette: chosen.all.map(formatHex), body: cut.body }
  }
  const cutPhoto: Renderer['cutPhoto'] = (recipe) => {
    const bounds = keptBounds(work, kept(recipe), areaOf(work, recipe.crop))
    return bounds && cutImage(work, kept(recipe), bounds)
  }
  return { render, kept, isDear, learn, cutPhoto }
}

function areaOf({ width, height }: Image, crop: Area | undefined): Rect {
  return crop ? pixelArea(crop, width, height) : { x: 0, y: 0, width, height }
}

/** So many latest results of each step: enough for going to and fro between two. */
const remembered = 4

function createNamer(): (value: object | null) => number {
  const names = new WeakMap<object, number>()
  let count = 0
  return (value) => {
    if (!value) return 0
    const known = names.get(value) ?? ++count
    names.set(value, known)
    return known
  }
}

/** Cuts the pet out of the work image (mask, crop, empty border off) and shrinks it to fit its frame. */
function cutOut(work: Image, kept: Bitmap | null, recipe: SpriteRecipe): CutOut {
  const bounds = keptBounds(work, kept, areaOf(work, recipe.crop))
  const place = fitFrame(bounds ?? { width: 1, height: 1 }, recipe)
  const { width, height } = place.body
  const small = bounds ? hardenAlpha(resizeArea(work, width, height, bounds, kept)) : createImage(width, height)
  const body = recipe.mirrored ? mirrorImage(small) : small
  const inside = new Uint8Array(width * height)
  for (let i = 0; i < inside.length; i++) inside[i] = body.data[i * 4 + 3] === 255 ? 1 : 0
  return { ...place, lab: labOfImage(body), inside }
}

function borderOf({ mode, place }: Outline): number {
  return mode === 'none' || place === 'inner' ? 0 : 1
}

/** The body as large as the frame allows; beside it room for the outline and for movement. */
function fitFrame(body: { width: number; height: number }, recipe: SpriteRecipe) {
  const border = borderOf(recipe.outline)
  const room = movementRoom(recipe.animations, movementUnit(recipe.size))
  const sides = 2 * (border + room.side)
  const aboveAndBelow = 2 * border + room.top
  let width = recipe.size - sides
  let height = Math.max(1, Math.floor((width * body.height) / body.width + 0.5))
  if (height + aboveAndBelow > recipe.size) {
    height = recipe.size - aboveAndBelow
    width = Math.min(width, Math.max(1, Math.floor((height * body.width) / body.height + 0.5)))
  }
  const frame = { width: width + sides, height: height + aboveAndBelow }
  return { frame, body: { x: border + room.side, y: border + room.top, width, height } }
}

type Colors = { body: number[]; outline: number | null; all: number[]; lab: Float64Array }

function chooseColors(cut: CutOut, recipe: SpriteRecipe): Colors {
  if (!cut.inside.includes(1)) return { body: [], outline: null, all: [], lab: cut.lab }
  const given = recipe.palette ? sortByLightness(paletteColors(recipe.palette)) : null
  const slots = recipe.outline.mode === 'none' ? recipe.colors : recipe.colors - 1
  const lab = given ? fitToPalette(crisp(cut), cut.inside, given.map(labOfColor)) : crisp(cut)
  const candidates = given ?? extractPalette(lab, cut.inside, slots)
  const outline = outlineColor(recipe.outline, candidates, given !== null)
  const rest = candidates.filter((color) => color !== outline)
  const chosen = choosePalette(lab, cut.inside, rest.length > 0 ? rest : candidates, slots)
  // A given palette's own dark or light serves the fur too; a colour picked for the outline is the outline's alone.
  const shared = outline !== null && candidates.includes(outline) && recipe.outline.mode !== 'color'
  const body = shared ? sortByLightness([...new Set([...chosen, outline])]) : chosen
  const all = outline === null ? body : sortByLightness([...new Set([...body, outline])])
  return { body, outline, all, lab }
}

/** A picture of few colours is drawn already: it keeps them as they are. */
function crisp(cut: CutOut): Float64Array {
  if (countColors(cut.lab, cut.inside, drawnColors) <= drawnColors) return cut.lab
  return enhance(cut.lab, cut.inside, cut.body.width)
}

const drawnColors = 64

function paletteColors(palette: string[] | string): number[] {
  if (typeof palette === 'string') {
    if (!isPaletteName(palette)) throw new RangeError(`no palette is called ${palette}`)
    return namedPalettes[palette].map(parseHex)
  }
  if (palette.length === 0) throw new RangeError('a palette needs a colour')
  return palette.map(parseHex)
}

function paintBody({ frame, body, inside }: CutOut, colors: Colors, recipe: SpriteRecipe): Image {
  const image = createImage(frame.width, frame.height)
  const palette = colors.body
  if (palette.length === 0) return image
  const indices = quantize(colors.lab, inside, body.width, palette, recipe.dither, recipe.ditherStrength / 100)
  for (let i = 0; i < indices.length; i++) {
    if (!inside[i]) continue
    const column = i % body.width
    const at = ((body.y + (i - column) / body.width) * frame.width + body.x + column) * 4
    const color = palette[indices[i]!]!
    image.data.set([color >> 16, (color >> 8) & 255, color & 255, 255], at)
  }
  return image
}

/** Corrections without a frame: before the movements, which then carry them, and inside the outline's border. */
function editBody(image: Image, { body }: CutOut, { all }: Colors, recipe: SpriteRecipe): Image {
  if (!recipe.edits || all.length === 0) return image
  const layer = { body, mirrored: recipe.mirrored, palette: all, margin: borderOf(recipe.outline) }
  return applyEdits(image, recipe.edits, undefined, layer)
}

function editFrame(image: Image, frame: string, { body }: CutOut, { all }: Colors, recipe: SpriteRecipe): Image {
  if (!recipe.edits || all.length === 0) return image
  return applyEdits(image, recipe.edits, frame, { body, mirrored: recipe.mirrored, palette: all, margin: 0 })
}

function outlined(image: Image, colors: Colors, { place }: Outline): Image {
  return colors.outline === null ? image : addOutline(image, colors.outline, place)
}
