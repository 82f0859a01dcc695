import type { ThemeColors } from '../art/theme-colors.ts'
import type { Progress } from '../engine/game.ts'
import type { PetSprite } from '../render/pet.ts'
import type { Stage } from '../render/stage.ts'
import type { SoundBoard } from './sound.ts'
import type { Translate } from './texts.ts'

/** What the browser part hands to a template's drawing code; `Text` and `Sound` are the template's own names. */
export interface ViewTools<Text extends string = never, Sound extends string = never> {
  pet: PetSprite
  background: HTMLImageElement | undefined
  sound: SoundBoard<Sound>
  text: Translate<Text>
  /** The player asked for reduced motion: no shaking, no flashing, no drifting scenery. */
  calm: boolean
}

/** A template's picture of its state. It reads the state and never changes it. */
export interface GameView<State extends Progress> {
  colors: ThemeColors
  /** What the canvas shows, for people who cannot see it. */
  label: string
  resize(stage: Stage): void
  /** Called after every step, with sound and effects only if `live` (not while a log is fast-forwarded). */
  afterStep(state: State, live: boolean): void
  draw(context: CanvasRenderingContext2D, state: State, showHud: boolean): void
  /** Called 60 times a second while the finished game stands: lets sparks fall, and confetti if it was a new best. */
  rest(celebrating: boolean): void
  reset(): void
  /** What the end screen says. */
  summary(state: State): { headline: string; lines: string[] }
  /** How to play, for the title: small pictures with their word, and one line for fingers and one for keys. */
  help(): { hints: readonly Hint[]; touch: string; keys: string }
}

export interface Hint {
  words: string
  pictures: readonly HTMLCanvasElement[]
}
