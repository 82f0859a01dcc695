type Json = { [key: string]: unknown }

/** Values a reader recognises, by the name of the field; everything else follows from the type. */
const known: Record<string, unknown> = {
  petName: 'Chelsea',
  petBreed: 'Ocicat',
  breed: 'Ocicat',
  petAge: '4 years',
  age: '4 years',
  petPersonality: 'Bold, loves boxes',
  personality: 'Bold, loves boxes',
  name: 'Chelsea',
  customerName: 'Ann Miller',
  displayName: 'Ann Miller',
  email: 'ann@example.org',
  customerEmail: 'ann@example.org',
  phone: '+49 30 901820',
  customerPhone: '+49 30 901820',
  slug: 'chelsea',
  fullUrl: 'https://play.example.org/chelsea/',
  orderNumber: 'SP-000042',
  trackingUrl: 'https://studio.example.org/track/u7pZ',
  templateId: 'catcher',
  theme: 'garden',
  filename: 'chelsea.png',
  originalFilename: 'chelsea.png',
  mimeType: 'image/png',
  sizeBytes: 240512,
  fileSize: 240512,
  timeZone: 'Europe/Berlin',
  locale: 'en',
  password: 'a long sentence of yours',
  code: 'project.illegal_transition',
  version: 3,
  currency: 'EUR',
}

/** Adds an example to every body and reply, made from its schema, so that a script's author sees what to send. */
export function addExamples(document: Json): Json {
  const schemas = (document['components'] as Json)['schemas'] as Record<string, Json>
  for (const path of Object.values(document['paths'] as Record<string, Json>))
    for (const operation of Object.values(path) as Json[]) {
      const bodies = [operation['requestBody'], ...Object.values(operation['responses'] as Json)] as (
        Json | undefined
      )[]
      for (const body of bodies)
        for (const media of Object.values((body?.['content'] as Record<string, Json> | undefined) ?? {}))
          if (media['schema'] && media['example'] === undefined)
            media['example'] = exampleOf(media['schema'] as Json, schemas, '', 0)
    }
  return document
}

function exampleOf(schema: Json, schemas: Record<string, Json>, name: string, depth: number): unknown {
  const reference = schema['$ref'] as string | undefined
  if (reference) return exampleOf(schemas[reference.split('/').pop() ?? ''] ?? {}, schemas, name, depth)
  const given = schema['examples'] as unknown[] | undefined
  if (given?.length) return given[0]
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  const choices = schema['enum'] as unknown[] | undefined
  if (choices?.length) return choices[0]
  const variants = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined
  if (variants?.[0]) return exampleOf(variants[0], schemas, name, depth)
  return byType(schema, schemas, name, depth)
}

function byType(schema: Json, schemas: Record<string, Json>, name: string, depth: number): unknown {
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  if (type === 'object') {
    const properties = Object.entries((schema['properties'] as Record<string, Json> | undefined) ?? {})
    return Object.fromEntries(properties.map(([key, value]) => [key, exampleOf(value, schemas, key, depth + 1)]))
  }
  if (type === 'array') {
    // A tuple says what stands at each place, and `items: false` that nothing follows.
    const places = (schema['prefixItems'] as Json[] | undefined) ?? [(schema['items'] as Json | undefined) ?? {}]
    return depth > 6 ? [] : places.map((place) => exampleOf(place, schemas, name, depth + 1))
  }
  if (name in known && fits(known[name], type)) return known[name]
  if (type === 'string') return textExample(schema, name)
  if (type === 'integer' || type === 'number') return Math.max(1, (schema['minimum'] as number | undefined) ?? 1)
  return type === 'boolean' ? true : null
}

function textExample(schema: Json, name: string): string {
  if (schema['format'] === 'uuid') return '0198f3a2-7c11-7b0e-9a51-0c6f1f1a2b3c'
  if (schema['format'] === 'date-time') return '2026-11-21T09:30:00.123456Z'
  if (schema['format'] === 'date') return '2026-12-24'
  if (String(schema['pattern'] ?? '').includes('{64}')) return 'a'.repeat(64)
  if (String(schema['pattern'] ?? '').startsWith('^#')) return '#e8674c'
  return name.toLowerCase().endsWith('url') ? 'https://studio.example.org/' : 'text'
}

/** The same name may stand for another thing: a version is a number of a row and the text of a template. */
function fits(value: unknown, type: unknown): boolean {
  if (value === null) return type === 'null'
  return typeof value === 'number' ? type === 'integer' || type === 'number' : typeof value === type
}
