import type { Game, Progress } from './engine/game.ts'
import type { BaseConfig } from './template.ts'
import { catcher } from './templates/catcher/sim.ts'
import { memory } from './templates/memory/sim.ts'
import { runner } from './templates/runner/sim.ts'

/**
 * Every template's simulation, for whoever replays a play without a browser. A config must have passed the template's
 * schema before it is handed to one.
 */
export const simulations: readonly Game<BaseConfig, Progress>[] = [catcher, runner, memory]

export function findSimulation(templateId: string): Game<BaseConfig, Progress> | undefined {
  return simulations.find((game) => game.templateId === templateId)
}
