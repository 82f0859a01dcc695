import type { GameData } from '../game-data.ts'
import { DATA_ELEMENT_ID } from '../game-data.ts'
import { playByBot, type Game, type Progress } from '../engine/game.ts'
import { createPetSprite } from '../render/pet.ts'
import { player } from './player.ts'
import { createSoundBoard, type Note } from './sound.ts'
import { createTranslate } from './texts.ts'
import type { GameView, ViewTools } from './view.ts'

/** What a template's `main.ts` hands over; `Text` and `Sound` are names of its own, beside the shared ones. */
export interface Runtime<
  Config extends { theme: string },
  State extends Progress,
  Text extends string,
  Sound extends string,
> {
  game: Game<Config, State>
  createView(config: Config, tools: ViewTools<Text, Sound>): GameView<State>
  sounds: Record<Sound, readonly Note[]>
}

/** The name under which a built script offers its bot's play where there is no page: the builder's smoke play calls it. */
export const SMOKE_PLAY = 'sparkleSmokePlay'

/** Starts the game in a page; without one (the smoke play) it only publishes the bot's play. */
export function runGame<
  Config extends { theme: string },
  State extends Progress,
  Text extends string,
  Sound extends string,
>(runtime: Runtime<Config, State, Text, Sound>): void {
  if (typeof document === 'undefined') {
    const play = (data: string) => {
      const { config, seed } = JSON.parse(data) as GameData
      return JSON.stringify(playByBot(runtime.game, config as Config, seed))
    }
    Object.assign(globalThis, { [SMOKE_PLAY]: play })
    return
  }
  void boot(runtime)
}

async function boot<
  Config extends { theme: string },
  State extends Progress,
  Text extends string,
  Sound extends string,
>(runtime: Runtime<Config, State, Text, Sound>): Promise<void> {
  // The builder has checked the config against the template's schema; the runtime does not carry Zod.
  const data = JSON.parse(document.getElementById(DATA_ELEMENT_ID)?.textContent ?? '') as GameData
  const config = data.config as Config
  const [image, background] = await Promise.all([
    loadImage(data.pet.image),
    data.background === undefined ? undefined : loadImage(data.background),
  ])
  const text = createTranslate(data.texts)
  const pet = createPetSprite(image, data.pet.sheet)
  const sound = createSoundBoard(data.sound, config.theme, runtime.sounds)
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const view = runtime.createView(config, { pet, background, sound, text, calm })
  await player({ game: runtime.game, config, data, view, pet, sound, text })
}

async function loadImage(address: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = address
  await image.decode()
  return image
}
