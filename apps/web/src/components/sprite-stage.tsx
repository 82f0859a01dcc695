import { sceneOf } from '@sparkle/games/scenery/scenes'
import { useEffect, useRef } from 'react'
import { cn } from '../lib/cn.ts'
import { useReducedMotion } from '../lib/reduced-motion.ts'

/** One picture of a movement: where it lies on the sheet, in pixels, and how long it is shown. */
export interface StageFrame {
  x: number
  y: number
  w: number
  h: number
  durationMs: number
}

export type StageScene = keyof typeof sceneOf

interface SpriteStageProps {
  /** The picture all frames lie on; a new object means a new picture. Null shows the empty scene. */
  sheet: CanvasImageSource | null
  frames: readonly StageFrame[]
  /** The game's world behind it. */
  scene: StageScene
  /** What is to be seen; without it the stage is decoration. */
  label?: string
  /** Width by height of the stage. */
  ratio?: number
  className?: string
}

const smallestHeight = 64

export function isStageScene(name: string | undefined): name is StageScene {
  return name !== undefined && Object.hasOwn(sceneOf, name)
}

/** A sprite moving on a game's ground, every pixel of the sprite one pixel of the scene. Stands still under reduced motion. */
export function SpriteStage({ sheet, frames, scene, label, ratio = 4 / 3, className }: SpriteStageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const still = useReducedMotion()
  const first = frames[0]
  const height = Math.max(smallestHeight, Math.round((first?.h ?? 48) * 1.45))
  const width = Math.round(height * ratio)
  const ground = height - Math.max(9, Math.round(height * 0.14))

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const background = paintScene(scene, width, height, ground)
    const draw = (frame: StageFrame | undefined) => {
      context.drawImage(background, 0, 0)
      if (!sheet || !frame) return
      const x = Math.round((width - frame.w) / 2)
      context.imageSmoothingEnabled = false
      context.drawImage(sheet, frame.x, frame.y, frame.w, frame.h, x, ground + 3 - frame.h, frame.w, frame.h)
    }
    const total = frames.reduce((sum, frame) => sum + frame.durationMs, 0)
    draw(frames[0])
    if (still || total === 0 || frames.length < 2) return
    let shown = frames[0]
    let request = requestAnimationFrame(function step(now) {
      const frame = frameAt(frames, now % total)
      if (frame !== shown) draw(frame)
      shown = frame
      request = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(request)
  }, [sheet, frames, scene, width, height, ground, still])

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
      width={width}
      height={height}
      style={{ aspectRatio: ratio }}
      className={cn('pixelated block w-full rounded-box bg-sunken', className)}
    />
  )
}

function frameAt(frames: readonly StageFrame[], elapsedMs: number): StageFrame | undefined {
  let rest = elapsedMs
  return frames.find((frame) => (rest -= frame.durationMs) < 0) ?? frames.at(-1)
}

function paintScene(scene: StageScene, width: number, height: number, ground: number): HTMLCanvasElement {
  const surface = document.createElement('canvas')
  surface.width = width
  surface.height = height
  const context = surface.getContext('2d')
  if (context) sceneOf[scene](context, { width, height }, ground)
  return surface
}
