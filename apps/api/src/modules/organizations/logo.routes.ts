import multipart from '@fastify/multipart'
import { z } from 'zod'
import { logoTypes, maxLogoBytes, organizationParams, organizationView } from '@sparkle/shared/organizations'
import { studioParams } from '@sparkle/shared/orders'
import { notFound } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { logoDigest } from '../../core/logo-key.ts'
import { createFileReader } from '../../core/read-stored.ts'
import { serveFile } from '../../core/serve-file.ts'
import { findStudio } from '../../db/system-studios.ts'
import type { App } from '../../plugins/types.ts'
import { makeSmallPicture, readPictureForm } from '../assets/small-picture.service.ts'
import { changeLogo } from './logo.service.ts'

const tags = ['Studio']
/** Room for the form around the file: boundaries and headers. */
const formBytes = 16_384
const logoForm = z
  .object({ file: z.string().meta({ format: 'binary', description: 'PNG, JPEG or WebP, at most 1 MiB.' }) })
  .meta({ id: 'LogoForm' })

/** A studio's logo: its order page shows it to everybody, so it is served to everybody. */
export async function logoRoutes(app: App): Promise<void> {
  const { db, store, scanner, config } = app.deps
  const read = createFileReader(store)
  await app.register(multipart)

  app.put(
    '/organizations/:id/logo',
    {
      config: { access: 'studio:update', limit: { max: 60, windowSeconds: 3600 } },
      bodyLimit: maxLogoBytes + formBytes,
      schema: {
        operationId: 'putStudioLogo',
        summary: "Set the studio's logo",
        description:
          'A form with `file`. The picture is checked by its bytes and made anew: PNG, at most 320 pixels, without metadata.',
        tags,
        consumes: ['multipart/form-data'],
        params: organizationParams,
        body: logoForm.nullish(),
        response: { 200: organizationView },
      },
    },
    async (req) => {
      if (req.params.id !== req.actor.organizationId) notFound('organization')
      const bytes = await makeSmallPicture(scanner, await readPictureForm(req, maxLogoBytes), logoTypes)
      const key = `${req.actor.organizationId}/logo/${newId()}-${sha256(bytes)}.png`
      await store.put(key, bytes, 'image/png')
      try {
        const { view, before } = await req.inTenant((tx) =>
          changeLogo(tx, config.publicOrigin, req.actor, key, req.ifMatch),
        )
        if (before) await store.delete(before)
        return view
      } catch (error) {
        await store.delete(key)
        throw error
      }
    },
  )

  app.delete(
    '/organizations/:id/logo',
    {
      config: { access: 'studio:update' },
      schema: {
        operationId: 'deleteStudioLogo',
        summary: "Remove the studio's logo",
        tags,
        params: organizationParams,
        response: { 200: organizationView },
      },
    },
    async (req) => {
      if (req.params.id !== req.actor.organizationId) notFound('organization')
      const { view, before } = await req.inTenant((tx) =>
        changeLogo(tx, config.publicOrigin, req.actor, null, req.ifMatch),
      )
      if (before) await store.delete(before)
      return view
    },
  )

  app.get(
    '/public/studios/:slug/logo',
    {
      config: { access: 'public', limit: { max: 3000, windowSeconds: 60 } },
      schema: {
        operationId: 'getStudioLogo',
        summary: "A studio's logo",
        tags,
        produces: ['image/png'],
        params: studioParams,
        querystring: z.object({
          v: z
            .string()
            .regex(/^[0-9a-f]{1,64}$/)
            .optional(),
        }),
        response: { 200: z.string().meta({ format: 'binary' }) },
      },
    },
    async (req, reply) => {
      const { logoKey } = (await findStudio(db, req.params.slug)) ?? notFound('studio')
      if (!logoKey) return notFound('logo')
      const file = { storageKey: logoKey, digest: logoDigest(logoKey) }
      const isThatOne = req.query.v !== undefined && file.digest.startsWith(req.query.v)
      const cacheControl = isThatOne ? 'public, max-age=31536000, immutable' : 'public, max-age=60'
      return serveFile(req, reply, { ...file, mimeType: 'image/png', load: () => read(file) }, { cacheControl })
    },
  )
}
