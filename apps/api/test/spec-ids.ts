import { readFileSync } from 'node:fs'

interface Schema {
  $ref?: string
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: Schema | boolean
}
interface Parameter {
  name: string
  in: string
  schema?: Schema
}
interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

const methods = ['get', 'post', 'put', 'patch', 'delete']
const file = new URL('../../../openapi/openapi.json', import.meta.url)
const spec = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Where in a schema ids stand, as `items.[]id` or `assets.{}`. */
function idsIn(schema: Schema, inside: readonly string[] = []): string[] {
  if (schema.format === 'uuid') return ['']
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const target = spec.components.schemas[name]
    return target && !inside.includes(name) ? idsIn(target, [...inside, name]) : []
  }
  const deeper = (prefix: string, one: Schema) => idsIn(one, inside).map((rest) => prefix + rest)
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
      idsIn(one, inside).map((rest) => (rest ? `${key}.${rest}` : key)),
    ),
    ...(schema.items ? deeper('[]', schema.items) : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => idsIn(one, inside)),
    ...(typeof schema.additionalProperties === 'object' ? deeper('{}', schema.additionalProperties) : []),
  ]
}

interface SpecOperation {
  /** `GET /projects/:id`, as routes are called. */
  name: string
  queryIds: string[]
  /** Whether it takes `q`, words to search for. */
  searches: boolean
  bodyIds: string[]
  /** Placeholders other than tokens and slugs, which are secrets or public. */
  pathIds: string[]
}

/** Every operation of API version 1 with the places in which its specification has an id. */
export const specOperations: SpecOperation[] = Object.entries(spec.paths)
  .filter(([path]) => path.startsWith('/api/v1/'))
  .flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => methods.includes(method))
      .map(([method, { parameters = [], requestBody }]) => ({
        name: `${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
        queryIds: parameters
          .filter((one) => one.in === 'query' && idsIn(one.schema ?? {}).length > 0)
          .map((one) => one.name),
        searches: parameters.some((one) => one.in === 'query' && one.name === 'q'),
        bodyIds: [...new Set(Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => idsIn(schema)))],
        pathIds: parameters
          .filter((one) => one.in === 'path' && idsIn(one.schema ?? {}).length > 0)
          .map((one) => one.name),
      })),
  )
