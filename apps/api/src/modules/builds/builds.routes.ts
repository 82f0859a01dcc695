import { buildList, buildView, createBuildInput, listBuildsQuery, templateList } from '@sparkle/shared/builds'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { createBuild, getBuild, listBuildViews, revokePreview } from './builds.service.ts'
import { ownBuildRoutes } from './own-builds.routes.ts'
import { listTemplates } from './templates.service.ts'

const tags = ['Builds']

export async function buildRoutes(app: App): Promise<void> {
  const { config, crypto } = app.deps
  const place = { gamesOrigin: config.gamesOrigin, crypto }
  await app.register(ownBuildRoutes)

  app.get(
    '/game-templates',
    {
      config: { access: 'builds:read' },
      schema: {
        operationId: 'listGameTemplates',
        summary: 'What games can be built from',
        description:
          '`configSchema` is the JSON Schema of the settings that `POST /projects/{id}/builds` takes as `config`.',
        tags,
        response: { 200: templateList },
      },
    },
    (req) => req.inTenant(async (tx) => ({ items: await listTemplates(tx) })),
  )

  app.post(
    '/projects/:id/builds',
    {
      config: { access: 'builds:create' },
      schema: {
        operationId: 'createBuild',
        summary: 'Build a game',
        description:
          "The order's wishes, the studio's language and then the template's defaults fill what `config` leaves out; wishes the template does not " +
          'know are listed in `unmetWishes`. The build is made in the background: follow `status`, or the event `build:passed`.',
        tags,
        params: idParams,
        body: createBuildInput,
        response: { 202: buildView },
      },
    },
    async (req, reply) => {
      const build = await req.inTenant((tx) => createBuild(tx, place, req.actor, req.params.id, req.body))
      return reply.code(202).header('location', `/api/v1/builds/${build.id}`).send(build)
    },
  )

  app.get(
    '/projects/:id/builds',
    {
      config: { access: 'builds:read' },
      schema: {
        operationId: 'listBuilds',
        summary: "A project's builds, newest first",
        tags,
        params: idParams,
        querystring: listBuildsQuery,
        response: { 200: buildList },
      },
    },
    (req) => req.inTenant((tx) => listBuildViews(tx, place, req.actor, req.params.id, req.query)),
  )

  app.get(
    '/builds/:id',
    {
      config: { access: 'builds:read' },
      schema: {
        operationId: 'getBuild',
        summary: 'One build',
        description:
          '`previewUrl` is a private address to play a passed build; it works for about a week and is renewed daily.',
        tags,
        params: idParams,
        response: { 200: buildView },
      },
    },
    (req) => req.inTenant((tx) => getBuild(tx, place, req.actor, req.params.id)),
  )

  app.post(
    '/builds/:id/preview/revoke',
    {
      config: { access: 'builds:create' },
      schema: {
        operationId: 'revokePreview',
        summary: "End the links to a build's preview",
        description: 'Links that were given away stop working at once; the reply holds a new one.',
        tags,
        params: idParams,
        response: { 200: buildView },
      },
    },
    (req) => req.inTenant((tx) => revokePreview(tx, place, req.actor, req.params.id)),
  )
}
