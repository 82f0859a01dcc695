import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { createJsonSchemaTransformObject, jsonSchemaTransform } from 'fastify-type-provider-zod'
import { problemView } from '@sparkle/shared/problems'
import { z } from 'zod'
import { addExamples } from './openapi-examples.ts'
import { describeHabits, finishOperations, tidySchemas } from './openapi-tidy.ts'
import type { App } from './types.ts'

/** OpenAPI 3.1, generated from the routes: `/api/openapi.json`, and a readable reference at `/api/docs`. */
export const openApi = fp(
  async (app: App) => {
    const addComponents = createJsonSchemaTransformObject({})
    const problem = (z.toJSONSchema(problemView, { io: 'output' }).$defs as Record<string, unknown>)['Problem']
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'SparkleClassic',
          version: app.deps.config.version,
          description:
            'From a customer’s pet to a small personalised browser game at an address of its own.\n\n' +
            'Times are ISO 8601 in UTC with microseconds, ids are UUIDv7. Lists take `limit` and `cursor` and answer ' +
            '`{items, nextCursor}`. Errors are RFC 9457 problems with a stable `code`.',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: '/', description: 'This studio' }],
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
            cookie: { type: 'apiKey', in: 'cookie', name: 'sc_at' },
          },
        },
      },
      transform: (route) => {
        const { schema, url } = jsonSchemaTransform(route)
        const { config, method } = route.route
        const facts = {
          method,
          access: config?.access ?? 'public',
          idempotent: method === 'POST' && config?.idempotent !== false,
          versioned: ['PATCH', 'PUT', 'DELETE'].includes(String(method)),
        }
        return { schema: schema?.hide ? schema : describeHabits(schema as Record<string, unknown>, facts), url }
      },
      transformObject: (input) => {
        const document = structuredClone(addComponents(input)) as unknown as Record<string, unknown>
        const components = document['components'] as { schemas: Record<string, unknown> }
        components.schemas['Problem'] = problem
        return addExamples(tidySchemas(finishOperations(document))) as ReturnType<typeof addComponents>
      },
    })
    await app.register(async (scope) => {
      scope.routesArePublic = true
      await scope.register(swaggerUi, { routePrefix: '/api/docs', theme: { title: 'SparkleClassic API' } })
    })
    app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
  },
  { name: 'openapi' },
)
