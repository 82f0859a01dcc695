import { animate, movementRoom, movementUnit } from './animate.ts'
import { cropImage, pixelArea, trimImage } from './crop.ts'
import { quantize } from './dither.ts'
import { enhance, fitToPalette } from './enhance.ts'
import { createImage, mirrorImage, type Image } from './image.ts'
import { applyMask } from './mask.ts'
import { isPaletteName, namedPalettes } from './named-palettes.ts'
import { formatHex, labOfColor, labOfImage, parseHex } from './oklab.ts'
import { addOutline, outlineColor } from './outline.ts'
import { choosePalette, countColors, extractPalette, sortByLightness } from './palette.ts'
import type { SpriteRecipe } from './recipe.ts'
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
}

/** The first half of the work, and by far the most: the pet cut out and small, with its place in the frame. */
export type CutOut = {
  frame: { width: number; height: number }
  /** Where the body's left upper corner stands in the frame. */
  x: number
  y: number
  width: number
  height: number
  /** OKLab, three numbers a pixel. */
  lab: Float64Array
  /** 1 where the pet is. */
  inside: Uint8Array
}

type CutOutRecipe = Pick<SpriteRecipe, 'crop' | 'mask' | 'size' | 'outline' | 'animations' | 'mirrored'>

/** Makes a sprite of a work image: the same pixels for the same image and recipe, in every browser and on the server. */
export function renderSprite(work: Image, recipe: SpriteRecipe): SpriteRender {
  return paintSprite(cutOut(work, recipe), recipe)
}

/**
 * Renders one work image again and again, for a live preview: while only colours, dithering or the outline's colour
 * change, the cut-out of the last call is used again.
 */
export function createPreview(work: Image): (recipe: SpriteRecipe) => SpriteRender {
  let last: { key: string; cut: CutOut } | null = null
  return (recipe) => {
    const { crop, mask, size, outline, animations, mirrored } = recipe
    const key = JSON.stringify([crop, mask, size, outline.mode === 'none', animations, mirrored])
    if (last?.key !== key) last = { key, cut: cutOut(work, recipe) }
    return paintSprite(last.cut, recipe)
  }
}

/** Cuts the pet out of the work image (mask, crop, empty border off) and shrinks it to fit its frame. */
export function cutOut(work: Image, recipe: CutOutRecipe): CutOut {
  const masked = recipe.mask ? applyMask(work, recipe.mask) : work
  const cropped = recipe.crop ? cropImage(masked, pixelArea(recipe.crop, work.width, work.height)) : masked
  const trimmed = trimImage(cropped) ?? createImage(1, 1)
  const place = fitFrame(trimmed, recipe)
  const small = hardenAlpha(resizeArea(trimmed, place.width, place.height))
  const body = recipe.mirrored ? mirrorImage(small) : small
  const inside = new Uint8Array(place.width * place.height)
  for (let i = 0; i < inside.length; i++) inside[i] = body.data[i * 4 + 3] === 255 ? 1 : 0
  return { ...place, lab: labOfImage(body), inside }
}

/** Colours a cut-out, moves it and packs the sheet; `recipe` has to be the one the cut-out was made by, but for colours. */
export function paintSprite(cut: CutOut, recipe: SpriteRecipe): SpriteRender {
  const colors = chooseColors(cut, recipe)
  const bare = paintBody(cut, colors.lab, colors.body, recipe)
  const finish = (image: Image) => (colors.outline === null ? image : addOutline(image, colors.outline))
  const still = finish(bare)
  const unit = movementUnit(recipe.size)
  const strips = [...new Set(recipe.animations)].map((name) => ({
    name,
    frames: animate(bare, name, unit).map((frame) => ({ ...frame, image: finish(frame.image) })),
  }))
  const { sheet, meta } = packSheet([{ name: 'still', frames: [{ image: still, durationMs: 100 }] }, ...strips])
  return { sheet, still, meta, palette: colors.all.map(formatHex) }
}

/** The body as large as the frame allows; beside it room for the outline and for movement. */
function fitFrame(body: Image, recipe: CutOutRecipe) {
  const border = recipe.outline.mode === 'none' ? 0 : 1
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
  return { frame, x: border + room.side, y: border + room.top, width, height }
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
  return enhance(cut.lab, cut.inside, cut.width)
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

function paintBody(cut: CutOut, lab: Float64Array, palette: number[], recipe: SpriteRecipe): Image {
  const image = createImage(cut.frame.width, cut.frame.height)
  if (palette.length === 0) return image
  const indices = quantize(lab, cut.inside, cut.width, palette, recipe.dither)
  for (let i = 0; i < indices.length; i++) {
    if (!cut.inside[i]) continue
    const column = i % cut.width
    const at = ((cut.y + (i - column) / cut.width) * cut.frame.width + cut.x + column) * 4
    const color = palette[indices[i]!]!
    image.data.set([color >> 16, (color >> 8) & 255, color & 255, 255], at)
  }
  return image
}
