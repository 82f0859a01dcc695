import { frequencyOf } from './pitch.ts'

export interface Music {
  start(context: AudioContext, target: AudioNode): void
  stop(): void
}

interface Tune {
  /** Seconds of one eighth. */
  beat: number
  /** Root notes, one a bar. */
  chords: readonly number[]
  /** Steps of the scale above the root, one an eighth; -1 is a rest. */
  lead: readonly number[]
  scale: readonly number[]
}

const MAJOR = [0, 2, 4, 7, 9, 12, 14, 16]
const MINOR = [0, 3, 5, 7, 10, 12, 15, 17]

const TUNES: Record<string, Tune> = {
  garden: {
    beat: 0.21,
    chords: [48, 53, 45, 55],
    lead: [5, -1, 4, 3, -1, 2, 3, -1, 5, -1, 6, 5, 4, -1, 3, -1, 2, -1, 3, 4, -1, 5, 4, -1, 3, 2, -1, 0, 2, -1, -1, -1],
    scale: MAJOR,
  },
  seaside: {
    beat: 0.24,
    chords: [50, 57, 55, 50],
    lead: [
      3, -1, -1, 4, 5, -1, 4, -1, 3, -1, 2, -1, 3, -1, -1, -1, 5, -1, -1, 6, 5, -1, 4, 3, -1, 2, 3, -1, 0, -1, -1, -1,
    ],
    scale: MAJOR,
  },
  snow: {
    beat: 0.26,
    chords: [45, 53, 48, 52],
    lead: [
      5, -1, 4, -1, 5, -1, 7, -1, 6, -1, 5, -1, 4, -1, -1, -1, 3, -1, 4, -1, 5, -1, 4, -1, 2, -1, -1, 3, 4, -1, -1, -1,
    ],
    scale: MINOR,
  },
  space: {
    beat: 0.19,
    chords: [45, 45, 48, 43],
    lead: [0, 3, 5, 3, 0, 3, 6, 3, 0, 3, 5, 3, 7, 5, 3, -1, 0, 3, 5, 3, 0, 3, 6, 5, 4, 3, 2, -1, 0, -1, -1, -1],
    scale: MINOR,
  },
}

const LOOK_AHEAD_SECONDS = 0.25
const TIMER_MS = 90

/** A quiet loop of two voices; notes are scheduled a little ahead on the audio clock, so that a slow frame is not heard. */
export function createMusic(theme: string): Music {
  const tune = TUNES[theme] ?? TUNES.garden
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    start(context, target) {
      if (timer !== undefined || !tune) return
      let step = 0
      let next = context.currentTime + 0.1
      timer = setInterval(() => {
        if (context.state !== 'running') return
        // After a long pause the clock is far ahead: go on from now instead of playing all that was missed at once.
        if (next < context.currentTime - 1) next = context.currentTime
        for (; next < context.currentTime + LOOK_AHEAD_SECONDS; next += tune.beat) {
          playStep(context, target, tune, step, next)
          step += 1
        }
      }, TIMER_MS)
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}

function playStep(context: AudioContext, target: AudioNode, tune: Tune, step: number, at: number): void {
  const root = tune.chords[Math.floor(step / 8) % tune.chords.length] ?? 48
  if (step % 4 === 0) tone(context, target, root - 12, at, tune.beat * 3, 'triangle', 0.12)
  else if (step % 4 === 2) tone(context, target, root, at, tune.beat, 'triangle', 0.07)
  const degree = tune.lead[step % tune.lead.length] ?? -1
  const interval = tune.scale[degree]
  if (interval !== undefined) tone(context, target, root + 24 + interval, at, tune.beat * 1.4, 'square', 0.022)
}

function tone(
  context: AudioContext,
  target: AudioNode,
  pitch: number,
  at: number,
  length: number,
  wave: OscillatorType,
  volume: number,
): void {
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.type = wave
  oscillator.frequency.value = frequencyOf(pitch)
  gain.gain.setValueAtTime(volume, at)
  gain.gain.exponentialRampToValueAtTime(0.001, at + length)
  oscillator.connect(gain).connect(target)
  oscillator.start(at)
  oscillator.stop(at + length)
}
