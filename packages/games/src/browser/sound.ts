import { createMusic } from './music.ts'
import { frequencyOf } from './pitch.ts'

export type SoundName =
  | 'catch'
  | 'gold'
  | 'hurt'
  | 'block'
  | 'miss'
  | 'power'
  | 'heal'
  | 'level'
  | 'combo'
  | 'lost'
  | 'count'
  | 'go'
  | 'end'
  | 'best'
  | 'click'

/** The shared sounds and those that a template brings as `Own`. */
export interface SoundBoard<Own extends string = never> {
  /** @param step raises the pitch of `catch` along a five-tone scale */
  play(name: SoundName | Own, step?: number): void
  /** Browsers start sound only within a press or touch: call this from one. */
  unlock(): void
  setMuted(muted: boolean): void
  isMuted(): boolean
  music(on: boolean): void
}

export interface Note {
  /** MIDI number; 69 is the A of 440 Hz. */
  pitch: number
  at: number
  length: number
  wave?: OscillatorType
  volume?: number
  /** Slides to this pitch. */
  to?: number
}

/** Notes one after the other, `gap` seconds apart. */
export const run = (pitches: readonly number[], gap: number, length: number, volume = 0.12): Note[] =>
  pitches.map((pitch, index) => ({ pitch, at: index * gap, length, volume }))

const SHARED: Record<SoundName, readonly Note[]> = {
  catch: run([72, 79], 0.045, 0.08),
  gold: run([76, 79, 83, 88, 91], 0.05, 0.12),
  hurt: [
    { pitch: 52, to: 36, at: 0, length: 0.26, wave: 'sawtooth', volume: 0.14 },
    { pitch: 45, to: 33, at: 0.05, length: 0.22, volume: 0.1 },
  ],
  block: [{ pitch: 84, to: 60, at: 0, length: 0.2, wave: 'triangle', volume: 0.2 }],
  miss: [{ pitch: 48, to: 43, at: 0, length: 0.09, wave: 'triangle', volume: 0.1 }],
  power: run([67, 71, 74, 79, 83], 0.06, 0.12),
  heal: run([72, 76, 84], 0.08, 0.16),
  level: run([67, 72, 76, 79], 0.07, 0.13),
  combo: run([79, 84, 88], 0.05, 0.1),
  lost: run([64, 60, 57], 0.07, 0.1, 0.08),
  count: [{ pitch: 72, at: 0, length: 0.12 }],
  go: [{ pitch: 84, at: 0, length: 0.35 }],
  end: run([72, 71, 69, 67, 72, 79], 0.11, 0.2),
  best: run([72, 76, 79, 84, 79, 84, 88], 0.1, 0.2),
  click: [{ pitch: 76, at: 0, length: 0.05, volume: 0.08 }],
}

const PENTATONIC = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24]
/** A pet's own sound longer than this is taken for music. */
const VOICE_SECONDS = 4

/**
 * All sound is made here from oscillators; only the customer's own recording is data. Without WebAudio, or before the
 * first press, everything stays silent.
 */
export function createSoundBoard<Own extends string>(
  recording: string | undefined,
  theme: string,
  own: Record<Own, readonly Note[]>,
): SoundBoard<Own> {
  const sounds: Readonly<Record<string, readonly Note[]>> = { ...SHARED, ...own }
  let audio: { context: AudioContext; master: GainNode } | undefined
  let voice: AudioBuffer | undefined
  let loop: AudioBufferSourceNode | undefined
  let muted = false
  let wantsMusic = false
  const music = createMusic(theme)

  const applyMusic = () => {
    if (!audio) return
    const on = wantsMusic && !muted
    if (voice && voice.duration > VOICE_SECONDS) {
      if (on && !loop) loop = playBuffer(audio, voice, true)
      else if (!on && loop) {
        loop.stop()
        loop = undefined
      }
    } else if (on) music.start(audio.context, audio.master)
    else music.stop()
  }

  return {
    play(name, step = 0) {
      if (!audio || muted || audio.context.state !== 'running') return
      const raise = name === 'catch' ? (PENTATONIC[Math.min(step, PENTATONIC.length - 1)] ?? 0) : 0
      for (const note of sounds[name] ?? []) playNote(audio, { ...note, pitch: note.pitch + raise })
      const isJoy = name === 'gold' || name === 'combo' || name === 'best'
      if (isJoy && voice && voice.duration <= VOICE_SECONDS) playBuffer(audio, voice, false)
    },
    unlock() {
      if (!audio && typeof AudioContext === 'function') {
        const context = new AudioContext()
        const master = context.createGain()
        master.gain.value = 0.9
        master.connect(context.destination)
        audio = { context, master }
        if (recording !== undefined) {
          void decode(context, recording).then((buffer) => {
            voice = buffer
            music.stop()
            applyMusic()
          })
        }
      }
      // `suspended`, or `interrupted` by a call on an iPhone.
      if (audio && audio.context.state !== 'running') void audio.context.resume()
      applyMusic()
    },
    setMuted(value) {
      muted = value
      applyMusic()
    },
    isMuted: () => muted,
    music(on) {
      wantsMusic = on
      applyMusic()
    },
  }
}

function playNote({ context, master }: { context: AudioContext; master: GainNode }, note: Note): void {
  const start = context.currentTime + note.at
  const end = start + note.length
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.type = note.wave ?? 'square'
  oscillator.frequency.setValueAtTime(frequencyOf(note.pitch), start)
  if (note.to !== undefined) oscillator.frequency.exponentialRampToValueAtTime(frequencyOf(note.to), end)
  gain.gain.setValueAtTime(note.volume ?? 0.12, start)
  gain.gain.exponentialRampToValueAtTime(0.001, end)
  oscillator.connect(gain).connect(master)
  oscillator.start(start)
  oscillator.stop(end)
}

function playBuffer(
  { context, master }: { context: AudioContext; master: GainNode },
  buffer: AudioBuffer,
  repeat: boolean,
): AudioBufferSourceNode {
  const source = context.createBufferSource()
  const gain = context.createGain()
  gain.gain.value = repeat ? 0.45 : 0.8
  source.buffer = buffer
  source.loop = repeat
  source.connect(gain).connect(master)
  source.start()
  return source
}

/** From bytes rather than through a media element, so that the page's policy needs to admit no media address. */
async function decode(context: AudioContext, dataAddress: string): Promise<AudioBuffer | undefined> {
  const binary = atob(dataAddress.slice(dataAddress.indexOf(',') + 1))
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  try {
    return await context.decodeAudioData(bytes.buffer)
  } catch {
    // A recording that this browser cannot play costs the pet its voice, not the player the game.
    return undefined
  }
}
