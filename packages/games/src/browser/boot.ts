import type { GameData } from '../game-data.ts'
import { DATA_ELEMENT_ID } from '../game-data.ts'
import { playByBot, replay, type Game, type Progress } from '../engine/game.ts'
import { stateHash } from '../engine/hash.ts'
import { decodeLog } from '../engine/input-log.ts'
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

/** The name under which a built script offers itself where there is no page: in Node, or in a worker. */
export const HEADLESS = 'sparkleGame'

/** A built game without a page. All goes in and out as JSON, so that it may live in another realm. */
export interface HeadlessGame {
  /** @param data the document's `GameData`; gives the bot's `PlayResult` */
  play(data: string): string
  /** @param plays `ReplayRequest[]`; gives a `ReplayResult` for each */
  replay(data: string, plays: string): string
}

export interface ReplayRequest {
  log: string
  /** Left out, the whole log is played. */
  untilTick?: number
}

export type ReplayResult = { tick: number; score: number; hash: string } | null

/** Starts the game in a page; without one it only publishes what can be done headless. */
export function runGame<
  Config extends { theme: string },
  State extends Progress,
  Text extends string,
  Sound extends string,
>(runtime: Runtime<Config, State, Text, Sound>): void {
  if (typeof document === 'undefined') {
    Object.assign(globalThis, { [HEADLESS]: headless(runtime.game) })
    return
  }
  void boot(runtime)
}

function headless<Config, State extends Progress>(game: Game<Config, State>): HeadlessGame {
  return {
    play(data) {
      const { config, seed } = JSON.parse(data) as GameData
      return JSON.stringify(playByBot(game, config as Config, seed))
    },
    replay(data, plays) {
      const { config, seed } = JSON.parse(data) as GameData
      const results = (JSON.parse(plays) as ReplayRequest[]).map(({ log, untilTick }): ReplayResult => {
        const played = decodeLog(log)
        if (!played) return null
        const state = replay(game, config as Config, seed, played, untilTick)
        return { tick: state.tick, score: state.score, hash: stateHash(state) }
      })
      return JSON.stringify(results)
    },
  }
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
