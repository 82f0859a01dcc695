import type { Progress } from '../engine/game.ts'
import type { PetSprite } from '../render/pet.ts'
import type { Stage } from '../render/stage.ts'
import type { SoundBoard } from './sound.ts'
import type { Translate } from './texts.ts'

/** What the browser part hands to a template's drawing code. */
export interface ViewTools {
  pet: PetSprite
  background: HTMLImageElement | undefined
  sound: SoundBoard
  text: Translate
  /** The player asked for reduced motion: no shaking, no flashing, no drifting scenery. */
  calm: boolean
}

/** A template's picture of its state. It reads the state and never changes it. */
export interface GameView<State extends Progress> {
  colors: ThemeColors
  resize(stage: Stage): void
  /** Called after every step, with sound and effects only if `live` (not while a log is fast-forwarded). */
  afterStep(state: State, live: boolean): void
  draw(context: CanvasRenderingContext2D, state: State, showHud: boolean): void
  /** Called 60 times a second while the finished game stands: lets sparks fall, and confetti if it was a new best. */
  rest(celebrating: boolean): void
  reset(): void
  /** What the end screen says. */
  summary(state: State): { headline: string; lines: string[] }
  /** Small pictures for the title's "catch this, avoid that". */
  hints(): { good: HTMLCanvasElement[]; bad: HTMLCanvasElement[] }
}

/** Colours of panels and buttons over the game. */
export interface ThemeColors {
  panel: string
  panelEdge: string
  text: string
  accent: string
  accentEdge: string
  accentText: string
  /** The pet's name, bordered in `text`. */
  banner: string
  /** Behind the pet's portrait: wall and floor. */
  portraitTop: string
  portraitLow: string
}
