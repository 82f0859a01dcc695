import { hazardArt } from '@sparkle/games/art/hazards'
import { themeHazards, themeTreats } from '@sparkle/games/art/items'
import { INK, itemPalette } from '@sparkle/games/art/palette'
import { themeColors } from '@sparkle/games/art/theme-colors'
import { treatArt } from '@sparkle/games/art/treats'
import { shapeOf } from '@sparkle/games/render/glyph-shapes'
import { themes, type Theme } from '@sparkle/games/themes'
import { ownTemplateId } from '@sparkle/shared/builds'

/** Puts one square of a drawing's own grid; squares outside are left away. */
export type Put = (column: number, row: number, color: string) => void

/** The grid a share picture is drawn on, in squares. */
export interface Grid {
  columns: number
  rows: number
}

type Art = readonly string[]
const paper = '#fffdf6'

/* Where treats are, as shares of width and height: around the pet, or in an arc before it. */
const falling: readonly (readonly [number, number])[] = [
  [0.08, 0.42],
  [0.2, 0.56],
  [0.29, 0.4],
  [0.72, 0.48],
  [0.88, 0.42],
]
const jumpedFor: readonly (readonly [number, number])[] = [
  [0.63, 0.5],
  [0.69, 0.4],
  [0.76, 0.36],
  [0.83, 0.4],
  [0.89, 0.5],
]

/** What tells one game from another in its share picture: the things that are caught, jumped for, or turned over. */
export function drawProps(put: Put, { columns, rows }: Grid, theme: string, templateId: string): void {
  // What a studio's own game is about, only the studio knows.
  if (templateId === ownTemplateId) return
  const world = themes.find((one) => one === theme) ?? 'garden'
  const treats = themeTreats[world].map((name) => treatArt[name])
  const treat = (index: number): Art => treats[index % treats.length] ?? treats[0] ?? []
  const at = (x: number, y: number): [number, number] => [Math.floor(columns * x), Math.floor(rows * y)]
  if (templateId === 'memory') {
    drawCard(put, ...at(0.08, 0.36), treat(0), world)
    drawCard(put, ...at(0.19, 0.44), undefined, world)
    drawCard(put, ...at(0.71, 0.44), undefined, world)
    drawCard(put, ...at(0.82, 0.36), treat(0), world)
    return
  }
  const places = templateId === 'runner' ? jumpedFor : falling
  places.forEach(([x, y], index) => drawArt(put, ...at(x, y), treat(index)))
  if (templateId !== 'runner') return
  const [, inTheWay = themeHazards[world][0]] = themeHazards[world]
  if (inTheWay) drawArt(put, ...at(0.77, 0.7), hazardArt[inTheWay])
}

/** An item with its ink border, its top left corner at a square. */
function drawArt(put: Put, left: number, top: number, art: Art): void {
  const shows = (x: number, y: number) => itemPalette[art[y]?.[x] ?? '.'] !== undefined
  for (let y = -1; y <= art.length; y += 1)
    for (let x = -1; x <= (art[0]?.length ?? 0); x += 1) {
      const color = itemPalette[art[y]?.[x] ?? '.']
      if (color !== undefined) put(left + x, top + y, color)
      else if (shows(x - 1, y) || shows(x + 1, y) || shows(x, y - 1) || shows(x, y + 1)) put(left + x, top + y, INK)
    }
}

/** A memory card, open with a picture on it or face down. */
function drawCard(put: Put, left: number, top: number, art: Art | undefined, theme: Theme): void {
  const [width, height] = [19, 24]
  const { accent, accentEdge } = themeColors[theme]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y)
      const corner = Math.min(x, width - 1 - x) + Math.min(y, height - 1 - y) === 0
      if (corner) continue
      const pattern = (x + y) % 6 === 0 || (x - y + 60) % 6 === 0 ? accentEdge : accent
      put(left + x, top + y, edge === 0 ? INK : edge === 1 ? paper : art ? '#fff0cf' : pattern)
    }
  if (art)
    drawArt(
      put,
      left + Math.floor((width - (art[0]?.length ?? 0)) / 2),
      top + Math.floor((height - art.length) / 2),
      art,
    )
}

const letterRows = 9
/** Widest share of the picture that a name may take. */
const nameShare = 0.9

/**
 * The pet's name along the top, in the games' own letters with a border; nothing where it has letters that these lack,
 * since a font of the system would draw other bytes on another machine.
 */
export function drawName(put: Put, { columns }: Grid, name: string): void {
  const letters = [...name.normalize('NFC')].map(shapeOf)
  if (!letters.every((letter) => letter !== undefined)) return
  const width = letters.reduce((sum, letter) => sum + letter.width + 1, -1)
  const scale = [3, 2, 1].find((times) => width > 0 && width * times <= columns * nameShare)
  if (scale === undefined) return
  const left = Math.floor((columns - width * scale) / 2)
  const top = Math.floor(((3 - scale) * letterRows) / 2)
  for (const [grow, color] of [
    [2, INK],
    [0, paper],
  ] as const) {
    let x = left
    for (const letter of letters) {
      for (const [column, row] of letter.pixels) square(put, x + column * scale, top + row * scale, scale, grow, color)
      x += (letter.width + 1) * scale
    }
  }
}

function square(put: Put, left: number, top: number, size: number, grow: number, color: string): void {
  for (let y = -grow; y < size + grow; y += 1)
    for (let x = -grow; x < size + grow; x += 1) put(left + x, top + y, color)
}
