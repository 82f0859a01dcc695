import type { Game, Progress } from './engine/game.ts'
import type { GameView, ViewTools } from './browser/view.ts'
import type { SoundBoard } from './browser/sound.ts'
import { createTranslate } from './browser/texts.ts'
import { createPetSprite } from './render/pet.ts'
import { layOut } from './render/stage.ts'
import type { SpriteSheet } from './sheet.ts'

/** A game that plays itself on a canvas of somebody else's page, without sound, title or score. */
export interface Demo {
  /** Fits the picture to a canvas of so many device pixels; answers the size in art pixels that the canvas has to have. */
  resize(width: number, height: number): { width: number; height: number }
  /** Plays on by so many ticks; a play that ends begins anew. */
  play(ticks: number): void
  draw(context: CanvasRenderingContext2D): void
}

export interface DemoParts {
  templateId: string
  /** Has passed the template's schema. */
  config: { theme: string }
  pet: { image: HTMLImageElement; sheet: SpriteSheet }
  /** Messages of the `games` namespace, flat. */
  texts: Readonly<Record<string, string>>
  calm: boolean
}

type AnyTools = ViewTools<string, string>
interface Piece {
  game: Game<never, Progress>
  createView: (config: never, tools: AnyTools) => GameView<Progress>
}

/* Each with its game in a file of its own, so that a page loads what it shows. */
const pieces: Record<string, () => Promise<Piece>> = {
  catcher: async () => {
    const [{ catcher }, { createCatcherView }] = await Promise.all([
      import('./templates/catcher/sim.ts'),
      import('./templates/catcher/view.ts'),
    ])
    return pieceOf(catcher, createCatcherView)
  },
  runner: async () => {
    const [{ runner }, { createRunnerView }] = await Promise.all([
      import('./templates/runner/sim.ts'),
      import('./templates/runner/view.ts'),
    ])
    return pieceOf(runner, createRunnerView)
  },
  memory: async () => {
    const [{ memory }, { createMemoryView }] = await Promise.all([
      import('./templates/memory/sim.ts'),
      import('./templates/memory/view.ts'),
    ])
    return pieceOf(memory, createMemoryView)
  },
}

/** The templates that have a demo: all of them, as a test sees to. */
export const demoTemplateIds: readonly string[] = Object.keys(pieces)

/** A template's own types are known to itself only; what is checked here is that its parts belong together. */
function pieceOf<Config, State extends Progress, Text extends string, Sound extends string>(
  game: Game<Config, State>,
  createView: (config: Config, tools: ViewTools<Text, Sound>) => GameView<State>,
): Piece {
  return { game, createView } as unknown as Piece
}

const silence: SoundBoard<string> = {
  play: () => undefined,
  unlock: () => undefined,
  setMuted: () => undefined,
  isMuted: () => true,
  music: () => undefined,
}

/** The bot at play, as behind a game's title; undefined for a template that is not known here. */
export async function openDemo({ templateId, config, pet, texts, calm }: DemoParts): Promise<Demo | undefined> {
  const piece = await pieces[templateId]?.()
  if (!piece) return undefined
  const { game } = piece
  const tools: AnyTools = {
    pet: createPetSprite(pet.image, pet.sheet),
    background: undefined,
    sound: silence,
    text: createTranslate({ ...texts }),
    calm,
  }
  const view = piece.createView(config as never, tools)
  let seed = 1
  let state = game.start(config as never, seed)

  return {
    resize(width, height) {
      const stage = layOut({ width, height }, game.field)
      view.resize(stage)
      return { width: stage.width, height: stage.height }
    },
    play(ticks) {
      for (let tick = 0; tick < ticks; tick += 1) {
        if (state.finished) {
          seed += 1
          state = game.start(config as never, seed)
          view.reset()
        }
        game.step(state, game.bot(state))
        // Only the last of many steps at once is seen and may leave sparks.
        view.afterStep(state, ticks === 1)
      }
    },
    draw: (context) => view.draw(context, state, false),
  }
}
