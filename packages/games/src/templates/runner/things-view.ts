import { drawItem, treatPictures } from '../../art/items.ts'
import { goldPalette } from '../../art/palette.ts'
import { bonusArt, treatArt } from '../../art/treats.ts'
import { toPixel } from '../../engine/fixed.ts'
import type { Stage } from '../../render/stage.ts'
import type { Theme } from '../../themes.ts'
import { createObstacleArt } from './obstacle-art.ts'
import { GROUND_Y, PET_X } from './rules.ts'
import * as S from './state.ts'
import type { RunnerState, Thing } from './state.ts'

/** Colours down a pit: its rim, then darker and darker; the last one fills what is left. */
const PITS: Record<Theme, readonly string[]> = {
  garden: ['#5d3a26', '#3f9bd0', '#2f83bd', '#256a9e'],
  seaside: ['#b98a55', '#45b4dc', '#2f8fcf', '#2476b4'],
  snow: ['#8fa6da', '#4b64a8', '#35498a', '#26356c'],
  space: ['#463f76', '#1d1440', '#140d30', '#0c0822'],
}

export interface ThingsView {
  /** Pits are part of the ground and drawn before everything that stands on it. */
  drawPits(context: CanvasRenderingContext2D, stage: Stage, state: RunnerState): void
  draw(context: CanvasRenderingContext2D, stage: Stage, state: RunnerState, calm: boolean): void
  treats: readonly HTMLCanvasElement[]
  obstacles: readonly HTMLCanvasElement[]
}

export function createThingsView(theme: Theme): ThingsView {
  const obstacles = createObstacleArt(theme)
  const treats = treatPictures(theme)
  const single = new Map<number, HTMLCanvasElement>([
    [S.GOLD, drawItem(treatArt.bone, goldPalette)],
    [S.HEART, drawItem(bonusArt.heart)],
    [S.MAGNET, drawItem(bonusArt.magnet)],
    [S.SHIELD, drawItem(bonusArt.shield)],
  ])
  const pictureOf = (thing: Thing, tick: number): HTMLCanvasElement | undefined => {
    if (thing.kind === S.TREAT) return treats[thing.look % treats.length]
    const list = obstacles.get(thing.kind)
    if (!list) return single.get(thing.kind)
    return list[(thing.kind === S.FLYER ? tick >> 3 : thing.look) % list.length]
  }
  const leftOf = (stage: Stage, state: RunnerState, thing: Thing) => stage.left + PET_X + toPixel(thing.x - state.x)

  return {
    treats,
    obstacles: [S.LOW, S.TALL, S.FLYER].flatMap((kind) => obstacles.get(kind)?.slice(0, 1) ?? []),
    drawPits(context, stage, state) {
      const ground = stage.top + GROUND_Y
      for (const thing of state.things) {
        if (thing.kind !== S.PIT) continue
        drawPit(context, PITS[theme], leftOf(stage, state, thing), ground, toPixel(thing.width), stage.height)
      }
    },
    draw(context, stage, state, calm) {
      const ground = stage.top + GROUND_Y
      for (const thing of state.things) {
        if (thing.kind === S.PIT) continue
        const picture = pictureOf(thing, state.tick)
        const left = leftOf(stage, state, thing)
        if (!picture || left > stage.width || left < -60) continue
        const middle = left + (toPixel(thing.width) >> 1)
        const isGood = thing.kind >= S.TREAT
        const sway = isGood && !calm ? Math.round(Math.sin((state.tick + thing.id * 17) / 11)) : 0
        const foot = ground - toPixel(thing.y) + 1 + sway
        if (thing.y > 0) {
          context.fillStyle = 'rgba(42, 27, 61, 0.2)'
          context.fillRect(middle - 5, ground + 1, 10, 2)
        }
        if (thing.kind > S.TREAT) sparkle(context, middle, foot - 7, state.tick + thing.id * 9)
        const top = foot - picture.height + (isGood ? 1 : 0)
        if (thing.kind === S.ROLLER) rolled(context, picture, middle, top, Math.floor(state.tick / 5) % 4)
        else context.drawImage(picture, middle - (picture.width >> 1), top)
      }
    },
  }
}

function drawPit(
  context: CanvasRenderingContext2D,
  colors: readonly string[],
  left: number,
  ground: number,
  width: number,
  bottom: number,
): void {
  const [rim = '', ...depths] = colors
  context.fillStyle = rim
  context.fillRect(left, ground, width, bottom - ground)
  depths.forEach((color, index) => {
    const y = ground + 5 + index * 9
    context.fillStyle = color
    context.fillRect(left + 3, y, width - 6, Math.max(0, bottom - y))
  })
  context.fillStyle = 'rgba(255, 255, 255, 0.55)'
  for (let x = left + 6; x < left + width - 10; x += 13) context.fillRect(x, ground + 8, 5, 1)
}

/** Turned by quarters, so that pixels stay square. */
function rolled(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  middle: number,
  top: number,
  quarter: number,
): void {
  const half = picture.width / 2
  context.save()
  context.translate(middle, top + picture.height - half)
  context.rotate((-quarter * Math.PI) / 2)
  context.drawImage(picture, -Math.round(half), -Math.round(half))
  context.restore()
}

function sparkle(context: CanvasRenderingContext2D, x: number, y: number, tick: number): void {
  context.fillStyle = '#fffbe6'
  for (let i = 0; i < 3; i += 1) {
    const age = (tick + i * 13) % 39
    if (age > 20) continue
    const angle = i * 2.1 + Math.floor((tick + i * 13) / 39)
    const px = Math.round(x + Math.cos(angle) * 11)
    const py = Math.round(y + Math.sin(angle) * 11)
    context.fillRect(px, py, 1, 1)
    if (age > 5 && age < 15) {
      context.fillRect(px - 1, py, 3, 1)
      context.fillRect(px, py - 1, 1, 3)
    }
  }
}
