import type { RouteOptions } from 'fastify'
import { z } from 'zod'
import { lastingFaults } from './lasting-power.ts'
import { unkeptPosts } from './unkept-posts.ts'

/** Routes that take more than 1 MiB: files. */
const largeBodies = new Set([
  'PUT /api/v1/_uploads/:token',
  'POST /api/v1/projects/:id/assets',
  'POST /api/v1/project-imports',
  'POST /api/v1/projects/:id/builds/upload',
  'POST /api/v1/projects/:id/attachments',
  'POST /api/v1/projects/:id/sprites/import',
  'PUT /api/v1/organizations/:id/logo',
])
const usualBodyBytes = 1_048_576

interface Documented {
  operationId?: string
  summary?: string
  tags?: readonly string[]
  hide?: boolean
  params?: z.ZodType
  querystring?: z.ZodType
  body?: z.ZodType
  response?: Record<string, unknown>
  consumes?: readonly string[]
  deprecated?: boolean
}

/** Everything in which a set of routes breaks the rules that all routes keep, one line for each. */
export function routeFaults(routes: readonly RouteOptions[]): string[] {
  const documented = routes.filter(
    (route) => route.method !== 'HEAD' && !(route.schema as Documented | undefined)?.hide,
  )
  const seen = new Map<string, string>()
  return documented.flatMap((route) => {
    const name = `${route.method} ${route.url}`
    const schema = (route.schema ?? {}) as Documented
    const faults = [...textFaults(schema), ...inputFaults(schema), ...lastingFaults(name, route)]
    if (route.method === 'GET') faults.push(...pagingFaults(schema, uncounted.has(name)))
    if (route.config?.deprecated && !schema.deprecated) faults.push('is deprecated, and the reference does not say so')
    if (!route.wsHandler && !hasReply(schema)) faults.push('has no response schema')
    if (!route.config?.access) faults.push('does not say who may call it')
    if (route.method === 'POST' && route.config?.idempotent === false && !unkeptPosts.has(name))
      faults.push('does not honour Idempotency-Key, and no reason is on the list')
    const twin = schema.operationId && seen.get(schema.operationId)
    if (twin) faults.push(`has the operationId of ${twin}`)
    if (schema.operationId) seen.set(schema.operationId, name)
    if ((route.bodyLimit ?? 0) > usualBodyBytes && !largeBodies.has(name)) faults.push('takes a body larger than 1 MiB')
    return faults.map((fault) => `${name} ${fault}`)
  })
}

function textFaults(schema: Documented): string[] {
  const faults: string[] = []
  if (!schema.operationId) faults.push('has no operationId')
  if (!schema.summary) faults.push('has no summary')
  if (!schema.tags?.length) faults.push('has no tag')
  return faults
}

/** Lists over all studios: they come from functions that answer pages, and nothing there counts rows of everybody. */
const uncounted = new Set(['GET /api/v1/platform/organizations', 'GET /api/v1/platform/log'])
const pageKeys = ['limit', 'cursor', 'sort', 'include']

/** A list is paged like all lists, or says by its type that it is always whole. */
function pagingFaults(schema: Documented, isUncounted: boolean): string[] {
  const reply = schema.response?.['200']
  const shape = reply instanceof z.ZodType ? definitionOf(reply).shape : undefined
  if (!shape?.['items'] || definitionOf(shape['items']).type !== 'array') return []
  const next = shape['nextCursor'] && unwrapped(shape['nextCursor'])
  if (!next) return ['is a list without nextCursor']
  if (next.type === 'null') return []
  const query = schema.querystring ? (definitionOf(schema.querystring).shape ?? {}) : {}
  const missing = pageKeys.filter((key) => !(key in query) && !(isUncounted && key === 'include'))
  const faults = missing.map((key) => `is a list that does not take ${key}`)
  return shape['total'] ? faults : [...faults, 'is a list without total']
}

function unwrapped(schema: z.ZodType): Definition {
  const def = definitionOf(schema)
  return def.type === 'optional' && def.innerType ? unwrapped(def.innerType) : def
}

function hasReply(schema: Documented): boolean {
  return Object.keys(schema.response ?? {}).some((status) => /^[23]/.test(status))
}

/** A form with files is read as a stream; its schema is there for the reference, and the form's reader has the bounds. */
function inputFaults(schema: Documented): string[] {
  const isForm = schema.consumes?.includes('multipart/form-data')
  return (['params', 'querystring', 'body'] as const).flatMap((part) => {
    const input = part === 'body' && isForm ? undefined : schema[part]
    return input ? leafFaults(input, part, new Set()) : []
  })
}

/** What the walk needs of a Zod schema's definition; see zod/v4/core/schemas. */
interface Definition {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  options?: readonly z.ZodType[]
  items?: readonly z.ZodType[]
  in?: z.ZodType
  keyType?: z.ZodType
  valueType?: z.ZodType
  getter?: () => z.ZodType
}

const definitionOf = (schema: z.ZodType) => schema.def as unknown as Definition

/** Walks down to every string, list and record of an input and tries what must be refused. */
function leafFaults(schema: z.ZodType, path: string, seen: Set<z.ZodType>): string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const def = definitionOf(schema)
  const below = (child: z.ZodType, step: string) => leafFaults(child, `${path}${step}`, seen)
  switch (def.type) {
    case 'string':
      return stringFaults(schema, path)
    case 'array':
      return [...listFaults(schema, path), ...below(def.element as z.ZodType, '[]')]
    case 'record':
      return [
        ...recordFaults(schema, path),
        ...below(def.keyType as z.ZodType, '{key}'),
        ...below(def.valueType as z.ZodType, '{}'),
      ]
    case 'object':
      return Object.entries(def.shape ?? {}).flatMap(([key, child]) => below(child, `.${key}`))
    case 'union':
      return (def.options ?? []).flatMap((option, i) => below(option, `|${i}`))
    case 'tuple':
      return (def.items ?? []).flatMap((item, i) => below(item, `[${i}]`))
    case 'pipe':
      return below(def.in as z.ZodType, '')
    case 'lazy':
      return def.getter ? below(def.getter(), '') : []
    case 'any':
    case 'unknown':
      return [`${path} takes anything at all`]
    default:
      return def.innerType ? below(def.innerType, '') : []
  }
}

const fillers = ['a', 'A', '1', ' ', '-', '/', 'é']
const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success

function stringFaults(schema: z.ZodType, path: string): string[] {
  const faults: string[] = []
  if (fillers.some((filler) => accepts(schema, filler.repeat(150_000))))
    faults.push(`${path} is a string without a bound`)
  const spoiled = fillers.flatMap((filler) => [0, 1, 2, 9, 19, 35].map((n) => `${filler.repeat(n)}\u0000`))
  if (spoiled.some((value) => accepts(schema, value))) faults.push(`${path} takes U+0000`)
  if (spoiled.some((value) => accepts(schema, value.replace('\u0000', '\ud800'))))
    faults.push(`${path} takes half of a surrogate pair`)
  return faults
}

function listFaults(schema: z.ZodType, path: string): string[] {
  const { maxItems } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { maxItems?: number }
  return maxItems === undefined ? [`${path} is a list without a bound`] : []
}

function recordFaults(schema: z.ZodType, path: string): string[] {
  const values = ['a', 1, true, null, '01890000-0000-7000-8000-000000000000']
  const many = (value: unknown) => Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, value]))
  return values.some((value) => accepts(schema, many(value))) ? [`${path} is a record without a bound`] : []
}
