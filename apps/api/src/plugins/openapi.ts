import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { createJsonSchemaTransformObject, jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { App } from './types.ts'

/** OpenAPI 3.1, generated from the routes: `/api/openapi.json`, and a readable reference at `/api/docs`. */
export const openApi = fp(
  async (app: App) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'SparkleClassic',
          version: app.deps.config.version,
          description: 'From a customer’s pet to a small personalised browser game at an address of its own.',
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
      transform: jsonSchemaTransform,
      transformObject: createJsonSchemaTransformObject({}),
    })
    await app.register(async (scope) => {
      scope.routesArePublic = true
      await scope.register(swaggerUi, { routePrefix: '/api/docs' })
    })
    app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
  },
  { name: 'openapi' },
)
