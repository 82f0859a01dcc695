import { frameAt, framesOf, type SheetFrame, type SpriteSheet } from '../sheet.ts'
import { contextOf, createCanvas } from './art.ts'

/** The pet is shown at most this large in the field, and small sheets are doubled up to it. */
const MAX_HEIGHT = 54
const MAX_WIDTH = 60
const MS_PER_TICK = 1000 / 60

/** What a sheet may show; a sheet without jump or happy shows the walk or the idle instead. */
export type PetAnimation = 'idle' | 'walk' | 'jump' | 'happy'

export interface Pose {
  animation: PetAnimation
  tick: number
  facing: number
  /** 1 = as drawn; juicy landings go to about 1.2 wide and 0.85 high. */
  stretchX: number
  stretchY: number
}

export interface PetSprite {
  width: number
  height: number
  /** Draws with the middle of the paws at (x, y). */
  draw(context: CanvasRenderingContext2D, x: number, y: number, pose: Pose): void
  /** A framed picture at most `size` high, scaled by a whole factor; `show` moves it on. */
  portrait(size: number, animation: PetAnimation): Portrait
}

export interface Portrait {
  canvas: HTMLCanvasElement
  show(tick: number): void
}

export function createPetSprite(image: HTMLImageElement, sheet: SpriteSheet): PetSprite {
  const first = sheet.frames[0]
  if (!first) throw new Error('The sprite sheet has no frames')
  const factor = fieldFactor(first)
  const frames = new Map<SheetFrame, HTMLCanvasElement>()
  for (const frame of sheet.frames) frames.set(frame, cut(image, frame, factor))
  const foot = lowestRow(cut(image, first, factor, true))
  const animations: Record<PetAnimation, readonly SheetFrame[]> = {
    idle: framesOf(sheet, 'idle'),
    walk: framesOf(sheet, 'walk', 'idle'),
    jump: framesOf(sheet, 'jump', 'walk', 'idle'),
    happy: framesOf(sheet, 'happy', 'idle'),
  }
  const width = Math.max(1, Math.round(first.frame.w * factor))

  return {
    width,
    height: foot,
    draw(context, x, y, pose) {
      const frame = frameAt(animations[pose.animation], pose.tick * MS_PER_TICK)
      const picture = frame && frames.get(frame)
      if (!picture) return
      const drawnWidth = Math.round(picture.width * pose.stretchX)
      const drawnHeight = Math.round(picture.height * pose.stretchY)
      const top = Math.round(y - foot * pose.stretchY)
      context.save()
      context.translate(Math.round(x), top)
      if (pose.facing < 0) context.scale(-1, 1)
      context.drawImage(picture, -Math.floor(drawnWidth / 2), 0, drawnWidth, drawnHeight)
      context.restore()
    },
    portrait(size, animation) {
      const list = animations[animation]
      const { w, h } = (list[0] ?? first).frame
      const times = h > size ? size / h : Math.max(1, Math.floor(size / h))
      const { canvas, context } = createCanvas(w * times, h * times, true)
      context.imageSmoothingEnabled = times < 1
      context.imageSmoothingQuality = 'high'
      let shown: SheetFrame | undefined
      const show = (tick: number) => {
        const next = frameAt(list, tick * MS_PER_TICK) ?? first
        if (next === shown) return
        shown = next
        const { frame } = next
        context.clearRect(0, 0, canvas.width, canvas.height)
        context.drawImage(image, frame.x, frame.y, frame.w, frame.h, 0, 0, canvas.width, canvas.height)
      }
      show(0)
      return { canvas, show }
    },
  }
}

/** Whole factors keep pixels square; only sheets too large for the field are reduced, once, here. */
function fieldFactor({ frame }: SheetFrame): number {
  const fit = Math.min(MAX_HEIGHT / frame.h, MAX_WIDTH / frame.w)
  if (fit >= 1) return Math.floor(fit)
  // A little too large is better than a pet blurred for a few pixels.
  return fit > 0.84 ? 1 : fit
}

function cut(image: HTMLImageElement, { frame }: SheetFrame, factor: number, measured = false): HTMLCanvasElement {
  const { canvas, context } = createCanvas(frame.w * factor, frame.h * factor, measured)
  context.imageSmoothingEnabled = factor < 1
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, frame.x, frame.y, frame.w, frame.h, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Frames often have clear rows below the paws; without this the pet would float. */
function lowestRow(picture: HTMLCanvasElement): number {
  const { data } = contextOf(picture).getImageData(0, 0, picture.width, picture.height)
  for (let i = data.length - 1; i >= 0; i -= 4) {
    if ((data[i] ?? 0) > 40) return Math.floor((i >> 2) / picture.width) + 1
  }
  return picture.height
}
