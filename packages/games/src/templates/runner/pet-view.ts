import { toPixel } from '../../engine/fixed.ts'
import type { Stage } from '../../render/stage.ts'
import type { Mood, RunnerTools } from './effects.ts'
import { GROUND_Y, PET_X } from './rules.ts'
import { ticksLeft } from './course.ts'
import type { RunnerState } from './state.ts'

/** The pet with its shadow, its squash and stretch, and the shield around it. */
export function drawPet(
  context: CanvasRenderingContext2D,
  stage: Stage,
  state: RunnerState,
  tools: RunnerTools,
  mood: Mood,
): void {
  const { body } = state
  const x = stage.left + PET_X
  const ground = stage.top + GROUND_Y
  const height = toPixel(Math.max(0, body.y))
  drawShadow(context, x, ground, height)
  const isBlinking = state.safeTicks > 0 && state.safeTicks % 10 < 4 && !tools.calm
  if (!isBlinking) {
    const isHome = state.finished && state.lives > 0
    const flies = body.y > 0
    const bounce = tools.calm ? 0 : mood.squash * 0.018
    // Legs as quick as the ground below them.
    const pace = Math.floor((state.tick * state.speed) / 520)
    tools.pet.draw(context, x, ground + 1 - height, {
      animation: isHome ? 'happy' : flies ? 'jump' : 'walk',
      tick: isHome || flies ? mood.airAge : pace,
      facing: 1,
      stretchX: (body.ducks ? 1.16 : 1) + bounce,
      stretchY: (body.ducks ? 0.56 : 1) - bounce,
    })
  }
  if (state.shieldTicks > 0 && (state.shieldTicks > 90 || state.shieldTicks % 16 < 9)) {
    ring(context, x, ground - height - Math.round(tools.pet.height / 2), 27, '#a5f2fa')
  }
  if (ticksLeft(state) === 0 && state.lives > 0) drawHearts(context, x, ground - height - tools.pet.height, mood.airAge)
}

/** Smaller the higher the pet is: without it nobody can tell where a jump will end. */
function drawShadow(context: CanvasRenderingContext2D, x: number, ground: number, height: number): void {
  const half = Math.max(5, 13 - (height >> 3))
  context.fillStyle = 'rgba(42, 27, 61, 0.28)'
  context.fillRect(x - half, ground, half * 2, 2)
  context.fillRect(x - half + 3, ground + 2, half * 2 - 6, 1)
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, color: string): void {
  context.fillStyle = color
  const points = radius * 6
  for (let i = 0; i < points; i += 1) {
    const angle = (i / points) * Math.PI * 2
    context.fillRect(Math.round(x + Math.cos(angle) * radius), Math.round(y + Math.sin(angle) * radius), 1, 1)
  }
}

function drawHearts(context: CanvasRenderingContext2D, x: number, y: number, age: number): void {
  context.fillStyle = '#ff6b5e'
  for (let i = 0; i < 3; i += 1) {
    const rise = (age + i * 20) % 60
    const px = Math.round(x - 10 + i * 9 + Math.sin((age + i * 11) / 8) * 2)
    const py = Math.round(y - rise / 3)
    context.fillRect(px - 1, py, 1, 2)
    context.fillRect(px + 1, py, 1, 2)
    context.fillRect(px, py + 1, 1, 2)
  }
}
