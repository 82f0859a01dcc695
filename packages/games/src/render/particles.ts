import { drawText } from './text.ts'

interface Particle {
  x: number
  y: number
  vx: number
  vy: number
  gravity: number
  life: number
  age: number
  size: number
  color: string
}

interface Label {
  x: number
  y: number
  text: string
  color: string
  outline: string
  scale: number
  age: number
}

const MAX_PARTICLES = 220
const LABEL_TICKS = 46

export interface Burst {
  x: number
  y: number
  colors: readonly string[]
  count: number
  /** Pixels a tick. */
  speed: number
  gravity?: number
  life?: number
  size?: number
  /** Upward push added to every particle. */
  lift?: number
}

/** Sparks and rising numbers. Decoration only: nothing here reaches the simulation, so `Math.random` is fine. */
export interface Particles {
  burst(burst: Burst): void
  label(x: number, y: number, text: string, color: string, outline: string, scale?: number): void
  step(): void
  draw(context: CanvasRenderingContext2D, offsetX: number, offsetY: number): void
  clear(): void
}

export function createParticles(): Particles {
  const particles: Particle[] = []
  const labels: Label[] = []
  return {
    burst(burst) {
      for (let i = 0; i < burst.count && particles.length < MAX_PARTICLES; i += 1) {
        const angle = Math.random() * Math.PI * 2
        const speed = burst.speed * (0.35 + Math.random() * 0.65)
        particles.push({
          x: burst.x,
          y: burst.y,
          vx: Math.cos(angle) * speed,
          vy: Math.sin(angle) * speed - (burst.lift ?? 0),
          gravity: burst.gravity ?? 0.08,
          life: (burst.life ?? 30) * (0.6 + Math.random() * 0.6),
          age: 0,
          size: burst.size ?? 2,
          color: burst.colors[i % burst.colors.length] ?? '#fff',
        })
      }
    },
    label(x, y, text, color, outline, scale = 1) {
      labels.push({ x, y, text, color, outline, scale, age: 0 })
    },
    step() {
      for (const particle of particles) {
        particle.age += 1
        particle.vy += particle.gravity
        particle.x += particle.vx
        particle.y += particle.vy
      }
      for (const label of labels) label.age += 1
      remove(particles, (particle) => particle.age >= particle.life)
      remove(labels, (label) => label.age >= LABEL_TICKS)
    },
    draw(context, offsetX, offsetY) {
      for (const p of particles) {
        const size = p.age > p.life * 0.65 ? Math.max(1, p.size - 1) : p.size
        context.fillStyle = p.color
        context.fillRect(Math.round(p.x + offsetX), Math.round(p.y + offsetY), size, size)
      }
      for (const label of labels) {
        const rise = Math.round(Math.sqrt(label.age) * 3.2)
        drawText(context, label.text, Math.round(label.x + offsetX), Math.round(label.y + offsetY) - rise, {
          color: label.color,
          outline: label.outline,
          scale: label.scale,
          align: 'center',
        })
      }
    },
    clear() {
      particles.length = 0
      labels.length = 0
    },
  }
}

function remove<T>(list: T[], isOver: (item: T) => boolean): void {
  let kept = 0
  for (const item of list) {
    if (isOver(item)) continue
    list[kept] = item
    kept += 1
  }
  list.length = kept
}
