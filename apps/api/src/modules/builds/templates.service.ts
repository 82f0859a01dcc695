import type { GameTemplate } from '@sparkle/games/template'
import { gameTemplates } from '@sparkle/games/templates'
import type { TemplateView } from '@sparkle/shared/builds'
import { gameLocaleOf } from '@sparkle/shared/games'
import { z } from 'zod'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readLocale } from '../organizations/organizations.queries.ts'
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

const views: readonly TemplateView[] = gameTemplates.map(toView)

/** Every template a game can be built from, with the JSON Schema of its settings; the defaults speak as the studio does. */
export async function listTemplates(tx: TenantTx): Promise<TemplateView[]> {
  const locale = gameLocaleOf(await readLocale(tx))
  return views.map((view) => ({ ...view, defaults: { ...view.defaults, locale } }))
}
