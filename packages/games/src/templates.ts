import type { GameTemplate } from './template.ts'
import { catcherTemplate } from './templates/catcher/config.ts'
import { memoryTemplate } from './templates/memory/config.ts'
import { runnerTemplate } from './templates/runner/config.ts'

/** Every template a studio can build from. Adding one means adding a folder under `templates/` and a line here. */
export const gameTemplates: readonly GameTemplate[] = [catcherTemplate, runnerTemplate, memoryTemplate]

export function findTemplate(id: string): GameTemplate | undefined {
  return gameTemplates.find((template) => template.id === id)
}
