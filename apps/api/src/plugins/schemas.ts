import fastJson from 'fast-json-stringify'
import type { FastifySchemaCompiler } from 'fastify'
import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import { validatorCompiler as zodValidator } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** Bodies, queries and parameters are checked by their Zod schema. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = zodValidator

const writers = new WeakMap<z.ZodType, (value: unknown) => string>()

/** Writes values of a view as JSON, and nothing that the view does not have. Many routes answer the same view. */
export function serializerFor(schema: z.ZodType): (value: unknown) => string {
  const known = writers.get(schema)
  if (known) return known
  const made = fastJson(replySchema(schema))
  writers.set(schema, made)
  return made
}

/**
 * Replies are written by a serialiser generated from the view's schema: it lets only the view's fields out, and costs
 * a fraction of parsing each reply with Zod. That views are kept in full is what the tests' strict mode checks.
 */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = ({ schema }) => serializerFor(schema)

/** For tests: a reply that does not keep its view's schema in full is a fault (`FST_ERR_RESPONSE_SERIALIZATION`). */
export const strictSerializerCompiler: FastifySerializerCompiler<z.ZodType> = (route) => {
  const write = serializerCompiler(route)
  return (reply) => {
    const checked = route.schema.safeParse(reply)
    if (checked.success) return write(reply)
    const fault = new Error(`${route.method} ${route.url} breaks its reply schema: ${z.prettifyError(checked.error)}`)
    throw Object.assign(fault, { code: 'FST_ERR_RESPONSE_SERIALIZATION', statusCode: 500 })
  }
}

function replySchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'output', reused: 'inline', target: 'draft-7', override: plain })
}

/** Ids and examples are for the reference; formats are for input. The serialiser needs neither. */
function plain({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  for (const key of ['id', '$id', 'format', 'pattern', 'examples', 'description', 'maximum', 'minimum'])
    delete jsonSchema[key]
}
