import { drawItem, themeHazards, themeTreats } from '../../art/items.ts'
import { hazardArt } from '../../art/hazards.ts'
import { goldPalette, INK } from '../../art/palette.ts'
import { themeColors } from '../../art/theme-colors.ts'
import { bonusArt, treatArt } from '../../art/treats.ts'
import { contextOf, createCanvas } from '../../render/art.ts'
import type { PetSprite } from '../../render/pet.ts'
import type { Theme } from '../../themes.ts'
import { alienTint, costumeGrounds, glassArt, hats, specialGround, thingGround } from './costume-art.ts'
import { COSTUMES, GOLDEN_LOOK, HEART_LOOK, POWER_LOOK } from './state.ts'

export interface CardArt {
  face(look: number, width: number, height: number): HTMLCanvasElement
  back(width: number, height: number): HTMLCanvasElement
}

type Ground = readonly [string, string]
const SOURCE_SIZE = 64
const ALIEN = COSTUMES - 1

/** All card pictures, each drawn once for a size: the pet itself in its costumes, and things of its world. */
export function createCardArt(pet: PetSprite, theme: Theme): CardArt {
  const made = new Map<string, HTMLCanvasElement>()
  const body = trimmed(pet.portrait(SOURCE_SIZE, 'idle').canvas)
  const things = [
    ...themeTreats[theme].map((name) => drawItem(treatArt[name])),
    ...themeHazards[theme].slice(0, 1).map((name) => drawItem(hazardArt[name])),
  ]
  const special = new Map([
    [GOLDEN_LOOK, drawItem(treatArt.bone, goldPalette)],
    [POWER_LOOK, drawItem(glassArt)],
    [HEART_LOOK, drawItem(bonusArt.heart)],
  ])

  function once(key: string, draw: () => HTMLCanvasElement): HTMLCanvasElement {
    const known = made.get(key) ?? draw()
    made.set(key, known)
    return known
  }
  function drawFace(look: number, width: number, height: number): HTMLCanvasElement {
    const picture = special.get(look)
    if (picture) return card(width, height, specialGround, (context) => putThing(context, picture, width, height))
    const thing = things[look - COSTUMES]
    if (thing) return card(width, height, thingGround, (context) => putThing(context, thing, width, height))
    return card(width, height, costumeGrounds[look % COSTUMES] ?? thingGround, (context) =>
      putPet(context, body, look % COSTUMES, width, height),
    )
  }
  return {
    face: (look, width, height) => once(`${look} ${width} ${height}`, () => drawFace(look, width, height)),
    back: (width, height) => once(`back ${width} ${height}`, () => drawBack(theme, width, height)),
  }
}

/** A card with its border, and inside it whatever `paint` puts on the ground. */
function card(
  width: number,
  height: number,
  [top, low]: Ground,
  paint: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const { canvas, context } = createCanvas(width, height)
  roundedBox(context, 0, 0, width, height, INK)
  roundedBox(context, 1, 1, width - 2, height - 2, '#fffdf6')
  context.save()
  context.beginPath()
  context.rect(3, 3, width - 6, height - 6)
  context.clip()
  context.fillStyle = top
  context.fillRect(3, 3, width - 6, height - 6)
  context.fillStyle = low
  context.fillRect(3, Math.round(height * 0.72), width - 6, height)
  paint(context)
  context.restore()
  return canvas
}

function putThing(context: CanvasRenderingContext2D, thing: HTMLCanvasElement, width: number, height: number): void {
  const times = Math.max(1, Math.floor(Math.min((width - 6) / thing.width, (height - 6) / thing.height)))
  const [w, h] = [thing.width * times, thing.height * times]
  context.drawImage(thing, Math.round((width - w) / 2), Math.round((height - h) / 2), w, h)
}

/** Head and shoulders fill the card; the hat sits on the highest point of the head, wherever the pet carries it. */
function putPet(
  context: CanvasRenderingContext2D,
  body: HTMLCanvasElement,
  costume: number,
  width: number,
  height: number,
): void {
  const hat = drawItem(hats[costume] ?? hats[0])
  const overlap = 3
  const room = height - 6 - (hat.height - overlap)
  const scale = Math.min((room * 1.3) / body.height, ((width - 6) * 1.6) / body.width)
  const [w, h] = [Math.round(body.width * scale), Math.round(body.height * scale)]
  const dressed = createCanvas(w, h, true)
  dressed.context.imageSmoothingEnabled = scale < 1
  dressed.context.imageSmoothingQuality = 'high'
  const mirrored = costume % 2 === 1
  if (mirrored) {
    dressed.context.translate(w, 0)
    dressed.context.scale(-1, 1)
  }
  dressed.context.drawImage(body, 0, 0, w, h)
  if (costume === ALIEN) {
    dressed.context.globalCompositeOperation = 'source-atop'
    dressed.context.fillStyle = alienTint
    dressed.context.fillRect(0, 0, w, h)
  }
  const crown = headOf(dressed.canvas)
  const middle = Math.round(width / 2)
  // The head comes to the middle as far as the body still covers the card.
  const left = Math.round(Math.min(3, Math.max(width - 3 - w, middle - crown)))
  const x = w <= width - 6 ? Math.round((width - w) / 2) : left
  const top = Math.max(2 + hat.height - overlap, h < room ? height - 4 - h : 0)
  context.drawImage(dressed.canvas, x, top)
  const hatLeft = x + crown - Math.floor(hat.width / 2)
  context.drawImage(hat, Math.max(3, Math.min(width - 3 - hat.width, hatLeft)), top - hat.height + overlap)
}

/** The middle of the topmost pixels: between the ears, as a rule. */
function headOf(picture: HTMLCanvasElement): number {
  const { width, height } = picture
  const { data } = contextOf(picture).getImageData(0, 0, width, height)
  const rows = Math.max(1, Math.round(height * 0.14))
  let [sum, count] = [0, 0]
  for (let at = 0; at < rows * width; at += 1) {
    if ((data[at * 4 + 3] ?? 0) < 120) continue
    sum += at % width
    count += 1
  }
  return count === 0 ? Math.round(width / 2) : Math.round(sum / count)
}

function trimmed(picture: HTMLCanvasElement): HTMLCanvasElement {
  const { width, height } = picture
  const { data } = contextOf(picture).getImageData(0, 0, width, height)
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let at = 0; at < width * height; at += 1) {
    if ((data[at * 4 + 3] ?? 0) < 120) continue
    left = Math.min(left, at % width)
    right = Math.max(right, at % width)
    top = Math.min(top, Math.floor(at / width))
    bottom = Math.max(bottom, Math.floor(at / width))
  }
  if (right < left) return picture
  const { canvas, context } = createCanvas(right - left + 1, bottom - top + 1, true)
  context.drawImage(picture, -left, -top)
  return canvas
}

function drawBack(theme: Theme, width: number, height: number): HTMLCanvasElement {
  const { accent, accentEdge } = themeColors[theme]
  const { canvas, context } = createCanvas(width, height)
  roundedBox(context, 0, 0, width, height, INK)
  roundedBox(context, 1, 1, width - 2, height - 2, '#fffdf6')
  context.fillStyle = accent
  context.fillRect(3, 3, width - 6, height - 6)
  context.fillStyle = accentEdge
  for (let y = 3; y < height - 3; y += 1)
    for (let x = 3; x < width - 3; x += 1) if ((x + y) % 6 === 0 || (x - y + 60) % 6 === 0) context.fillRect(x, y, 1, 1)
  paw(context, Math.round(width / 2), Math.round(height / 2))
  return canvas
}

function paw(context: CanvasRenderingContext2D, x: number, y: number): void {
  for (const [grow, color] of [
    [1, INK],
    [0, '#fffdf6'],
  ] as const) {
    context.fillStyle = color
    for (const [dx, dy, w, h] of [
      [-4, 0, 8, 5],
      [-3, -1, 6, 7],
      [-6, -4, 3, 3],
      [-3, -7, 2, 4],
      [1, -7, 2, 4],
      [3, -4, 3, 3],
    ] as const)
      context.fillRect(x + dx - grow, y + dy - grow, w + 2 * grow, h + 2 * grow)
  }
}

function roundedBox(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
): void {
  context.fillStyle = color
  context.fillRect(x + 1, y, width - 2, height)
  context.fillRect(x, y + 1, width, height - 2)
}
