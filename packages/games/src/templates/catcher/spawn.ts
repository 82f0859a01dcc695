import { clamp, toFixed } from '../../engine/fixed.ts'
import { between, chance } from '../../engine/prng.ts'
import { FIELD, RAIN_TICKS, READY_TICKS, SPAWN_Y } from './rules.ts'
import { GOLD, HAZARD, HEART, MAGNET, TREAT, type CatcherState, type Item } from './state.ts'

const EDGE = 14
/** Bad things keep this distance from the newest treat, so that a treat can always be had without being hurt. */
const HAZARD_DISTANCE = 30
const RAIN_SPAWN_TICKS = 12

/** Ticks of play left after this one; the countdown before the start does not count. */
export function ticksLeft(state: CatcherState): number {
  return Math.max(0, Math.min(state.rules.playTicks, READY_TICKS + state.rules.playTicks - state.tick))
}

export function isRaining(state: CatcherState): boolean {
  return state.rules.rain && ticksLeft(state) <= RAIN_TICKS
}

/** Lets the next item fall when its time has come. */
export function spawnItems(state: CatcherState): void {
  state.spawnIn -= 1
  if (state.spawnIn > 0) return
  const { rules } = state
  const pause = isRaining(state)
    ? RAIN_SPAWN_TICKS
    : Math.max(rules.spawnFloor, rules.spawnTicks - rules.spawnRamp * state.level)
  state.spawnIn = pause

  const kind = pickKind(state)
  const x = kind === HAZARD ? hazardX(state) : treatX(state, pause)
  if (kind !== HAZARD) state.lastTreatX = x
  const sways = chance(state.rng, rules.swayShare)
  const item: Item = {
    id: state.nextId,
    kind,
    look: between(state.rng, 0, 255),
    x: toFixed(x),
    y: toFixed(SPAWN_Y),
    haste: kind === GOLD ? Math.trunc(rules.fallSpeed / 4) : between(state.rng, 0, Math.trunc(rules.fallSpeed / 10)),
    sway: sways ? between(state.rng, 60, 130) : 0,
    phase: between(state.rng, 0, 255),
  }
  state.nextId += 1
  state.items.push(item)
}

function pickKind(state: CatcherState): number {
  const { rules, rng } = state
  if (isRaining(state)) return rules.golden && chance(rng, 30) ? GOLD : TREAT
  if (chance(rng, rules.hazardShare)) return HAZARD
  if (rules.golden && chance(rng, 18)) return GOLD
  if (rules.powerUps && chance(rng, 16)) return between(rng, MAGNET, MAGNET + 2)
  if (rules.hearts && state.lives < rules.lives && chance(rng, 20)) return HEART
  return TREAT
}

/** Never further from the last treat than the pet can run in the time between the two, so every treat can be had. */
function treatX(state: CatcherState, pause: number): number {
  const reachable = Math.trunc((state.rules.petSpeed * pause) / 512)
  const step = Math.min(reachable, FIELD.width)
  return between(
    state.rng,
    clamp(state.lastTreatX - step, EDGE, FIELD.width - EDGE),
    clamp(state.lastTreatX + step, EDGE, FIELD.width - EDGE),
  )
}

function hazardX(state: CatcherState): number {
  const free = FIELD.width - 2 * EDGE - 2 * HAZARD_DISTANCE
  const offset = between(state.rng, HAZARD_DISTANCE, HAZARD_DISTANCE + free)
  const span = FIELD.width - 2 * EDGE
  return EDGE + ((((state.lastTreatX - EDGE + offset) % span) + span) % span)
}
