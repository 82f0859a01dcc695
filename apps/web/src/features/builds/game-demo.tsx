import { openDemo, type Demo } from '@sparkle/games/demo'
import type { SpriteSheet } from '@sparkle/games/sheet'
import { useEffect, useRef, useState } from 'react'
import { useMessages } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { inSlices } from '../../lib/in-slices.ts'
import { useReducedMotion } from '../../lib/reduced-motion.ts'

/** A pet that is loaded and ready to play. */
export interface DemoPet {
  image: HTMLImageElement
  sheet: SpriteSheet
}

interface GameDemoProps {
  templateId: string
  /** The template's defaults with the world to show. */
  config: Readonly<Record<string, unknown>>
  theme: string
  pet: DemoPet
  /** Whether it moves; otherwise it shows one moment. */
  playing: boolean
  label: string
  className?: string
}

/** A moment in which every game has something to show. */
const momentTicks = 520
const ticksAtOnce = 4
const maxTicksPerFrame = 4

/** A game playing itself, with the project's own pet: the real simulation and the real pictures. */
export function GameDemo({ templateId, config, theme, pet, playing, label, className }: GameDemoProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const demo = useDemo(templateId, config, theme, pet)
  const still = useReducedMotion()

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!demo || !element || !context) return
    const ratio = window.devicePixelRatio || 1
    const size = demo.resize(element.clientWidth * ratio, element.clientHeight * ratio)
    element.width = size.width
    element.height = size.height
    demo.draw(context)
    if (still || !playing) return
    let before = performance.now()
    let owed = 0
    let request = requestAnimationFrame(function step(now) {
      owed = Math.min(maxTicksPerFrame, owed + ((now - before) * 60) / 1000)
      before = now
      for (; owed >= 1; owed -= 1) demo.play(1)
      demo.draw(context)
      request = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(request)
  }, [demo, playing, still])

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={cn('pixelated block w-full bg-sunken object-cover', !demo && 'animate-breathe', className)}
    />
  )
}

function useDemo(
  templateId: string,
  config: Readonly<Record<string, unknown>>,
  theme: string,
  pet: DemoPet,
): Demo | undefined {
  const [demo, setDemo] = useState<Demo>()
  const { games } = useMessages()
  const calm = useReducedMotion()
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const parts = { templateId, config: { ...config, theme }, pet, texts: flatten(games), calm }
    void openDemo(parts).then(async (opened) => {
      if (signal.aborted || !opened) return
      opened.resize(360, 528)
      let played = 0
      const playOn = () => {
        opened.play(ticksAtOnce)
        played += ticksAtOnce
        return played < momentTicks
      }
      if (await inSlices(playOn, signal)) setDemo(opened)
    })
    return () => leaving.abort()
  }, [templateId, config, theme, pet, games, calm])
  return demo
}

/** The games' messages as they are built into a game: `play.go`. */
function flatten(tree: unknown, prefix = ''): Record<string, string> {
  if (typeof tree !== 'object' || tree === null) return {}
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  )
}
