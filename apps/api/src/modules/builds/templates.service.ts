import type { GameTemplate } from '@sparkle/games/template'
import { gameTemplates } from '@sparkle/games/templates'
import type { TemplateView } from '@sparkle/shared/builds'
import { z } from 'zod'
import { gameText } from './game-texts.ts'

function toView(template: GameTemplate): TemplateView {
  const named = (choices: readonly { id: string; nameKey: string }[]) =>
    choices.map(({ id, nameKey }) => ({ id, name: gameText(nameKey) }))
  return {
    id: template.id,
    name: gameText(template.nameKey),
    description: gameText(template.descriptionKey),
    version: template.version,
    configSchema: z.toJSONSchema(template.configSchema, { io: 'input' }) as Record<string, unknown>,
    defaults: { ...template.defaults },
    themes: named(template.themes),
    difficulties: [...template.difficulties],
    features: named(template.features),
    slots: template.slots.map((slot) => ({
      id: slot.id,
      name: gameText(`slots.${slot.id}`),
      required: slot.required,
      accepts: [...slot.accepts],
    })),
  }
}

/** Every template a game can be built from, with the JSON Schema of its settings. */
export const templateViews: readonly TemplateView[] = gameTemplates.map(toView)
