import multipart from '@fastify/multipart'
import { z } from 'zod'
import { buildView } from '@sparkle/shared/builds'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { uploadOwnBuild } from './upload-own-build.ts'

const zipForm = z
  .object({ file: z.string().meta({ format: 'binary' }) })
  .meta({ id: 'ZipForm', description: 'A zip with index.html at its top, at most 50 MiB.' })

/** A studio's own games, as zips. */
export async function ownBuildRoutes(app: App): Promise<void> {
  const { db, store, scanner, crypto, config } = app.deps
  await app.register(multipart)

  app.post(
    '/projects/:id/builds/upload',
    {
      config: { access: 'builds:create', limit: { max: 30, windowSeconds: 60 } },
      bodyLimit: 51 * 1024 * 1024,
      schema: {
        operationId: 'uploadBuild',
        summary: "Upload a studio's own HTML5 game",
        description:
          'A zip of at most 50 MiB, 2,000 files and 200 MiB unpacked, with `index.html` at its top. It is refused with a code ' +
          '`build.zip_*` that says why. The game runs sandboxed, loads nothing from other places, plays online only and ' +
          'has a `localStorage` of 256 Ki characters.',
        tags: ['Builds'],
        consumes: ['multipart/form-data'],
        params: idParams,
        body: zipForm.nullish(),
        response: { 201: buildView },
      },
    },
    async (req, reply) => {
      const place = { gamesOrigin: config.gamesOrigin, crypto }
      const build = await uploadOwnBuild({ db, store, scanner }, place, req, req.params.id)
      return reply.code(201).header('location', `/api/v1/builds/${build.id}`).send(build)
    },
  )
}
