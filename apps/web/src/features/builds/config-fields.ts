import type { TemplateView } from '@sparkle/shared/builds'
import type { GameWishes } from '@sparkle/shared/games'

export type ConfigValue = string | number | boolean | string[]
export type Config = Record<string, ConfigValue>

/** One setting of a template, as a form can show it. */
export type ConfigField = { key: string } & (
  | { kind: 'choice'; options: string[] }
  | { kind: 'choices'; options: string[] }
  | { kind: 'number'; minimum: number; maximum: number; whole: boolean }
  | { kind: 'switch' }
  | { kind: 'text'; maxLength: number }
)

/** Reads the part of JSON Schema that templates use; a property of a form it does not know is left to the defaults. */
export function fieldsOf({ configSchema }: Pick<TemplateView, 'configSchema'>): ConfigField[] {
  const properties = asRecord(configSchema.properties)
  return Object.keys(properties).flatMap((key) => {
    const field = fieldOf(key, asRecord(properties[key]))
    return field ? [field] : []
  })
}

function fieldOf(key: string, schema: Record<string, unknown>): ConfigField | null {
  const options = stringsOf(schema.enum)
  if (options.length > 0) return { key, kind: 'choice', options }
  if (schema.type === 'array') {
    const items = stringsOf(asRecord(schema.items).enum)
    return items.length > 0 ? { key, kind: 'choices', options: items } : null
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const { minimum, maximum } = schema
    if (typeof minimum !== 'number' || typeof maximum !== 'number') return null
    return { key, kind: 'number', minimum, maximum, whole: schema.type === 'integer' }
  }
  if (schema.type === 'boolean') return { key, kind: 'switch' }
  if (schema.type !== 'string') return null
  return { key, kind: 'text', maxLength: typeof schema.maxLength === 'number' ? schema.maxLength : 200 }
}

/** What the form starts with: the wishes of the order where the template knows them, else its defaults. */
export function startConfig(template: TemplateView, wishes: GameWishes, petName: string): Config {
  const config: Config = {}
  for (const field of fieldsOf(template)) {
    const value = template.defaults[field.key]
    if (isConfigValue(value)) config[field.key] = value
  }
  const theme = template.themes.find(({ id }) => id === wishes.theme)?.id
  const features = wishes.features.filter((wish) => template.features.some(({ id }) => id === wish))
  return {
    ...config,
    petName: petName.trim(),
    ...(theme !== undefined && { theme }),
    ...(template.difficulties.includes(wishes.difficulty) && { difficulty: wishes.difficulty }),
    ...(wishes.features.length > 0 && { features }),
  }
}

/** Wishes the template cannot fulfil, as the customer worded them. */
export function unmetWishes(template: TemplateView, wishes: GameWishes): string[] {
  const theme = wishes.theme && !template.themes.some(({ id }) => id === wishes.theme) ? [wishes.theme] : []
  const features = wishes.features.filter((wish) => !template.features.some(({ id }) => id === wish))
  return [...theme, ...features]
}

/** The settings the template does not refuse outright; an emptied one goes back to the order's wish or the default. */
export function configToSend(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== '' && !Number.isNaN(value)))
}

function isConfigValue(value: unknown): value is ConfigValue {
  return (
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || stringsOf(value).length > 0
  )
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
