import multipart from '@fastify/multipart'
import { toHash, type AsepriteSheet } from '@sparkle/pixel/sheet'
import { sheetQuery, spriteSheetView } from '@sparkle/shared/aseprite'
import { assetVersionView, assetView } from '@sparkle/shared/assets'
import { redrawSpriteInput } from '@sparkle/shared/sprites'
import { idParams } from '@sparkle/shared/text'
import { conflict } from '../../core/app-error.ts'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { getAsset, openContent } from './assets.service.ts'
import { importForm, readImportForm } from './import-form.ts'
import { importSprite } from './import-sprite.ts'
import { redrawSprite } from './redraw-sprite.service.ts'

const tags = ['Sprites']

export async function spriteRoutes(app: App): Promise<void> {
  const { db, store, crypto, config } = app.deps
  const link = createLinker(crypto, config.publicOrigin)
  await app.register(multipart)

  app.post(
    '/projects/:id/sprites/import',
    {
      config: { access: 'assets:create', limit: { max: 60, windowSeconds: 60 } },
      bodyLimit: 12 * 1024 * 1024,
      schema: {
        operationId: 'importSprite',
        summary: 'Take over a sprite drawn in Aseprite',
        description:
          'A form with two files: `sheet`, the PNG, and `data`, the JSON that Aseprite exports with it (array or hash; ' +
          'trimmed frames, padding, tags in any direction and a slice called `body` are understood). Tags become ' +
          'movements; `idle`, `walk`, `jump` and `happy` are those that games play. The sprite is ready at once.',
        tags,
        consumes: ['multipart/form-data'],
        params: idParams,
        body: importForm.nullish(),
        response: { 201: assetView },
      },
    },
    async (req, reply) => {
      const asset = await importSprite({ db, store }, link, req, req.params.id, () => readImportForm(req))
      return reply.code(201).header('location', `/api/v1/assets/${asset.id}`).send(asset)
    },
  )

  app.post(
    '/assets/:id/redraw',
    {
      config: { access: 'assets:update' },
      schema: {
        operationId: 'redrawSprite',
        summary: 'Draw a sprite anew, from a better photo or by another recipe',
        description:
          'Answers at once with the new version of the sprite, which takes the place of the present one when it is ready. ' +
          'Cut-out steps, palette and corrections of the recipe are done again on the new photo.',
        tags,
        params: idParams,
        body: redrawSpriteInput,
        response: { 202: assetVersionView },
      },
    },
    async (req, reply) =>
      reply.code(202).send(await req.inTenant((tx) => redrawSprite(tx, link, req.actor, req.params.id, req.body))),
  )

  app.get(
    '/assets/:id/sheet',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'getSpriteSheet',
        summary: 'The JSON of a sprite sheet, as Aseprite exports it',
        description: 'For the picture beside it, see `urls.sheet` of the asset, or the content variant `sheet`.',
        tags,
        params: idParams,
        querystring: sheetQuery,
        response: { 200: spriteSheetView },
      },
    },
    async (req, reply) => {
      const { id } = req.params
      const { file, filename } = await req.inTenant(async (tx) => {
        const { urls } = await getAsset(tx, link, req.actor, id)
        if (!urls.meta) conflict('sprite.no_sheet', 'This asset has no sheet: it is no sprite, or not ready.')
        return openContent(tx, req.actor, id, 'meta')
      })
      const bytes = await store.get(file.storageKey)
      if (!bytes) throw new Error('The store has lost the sheet of a sprite.')
      const sheet = JSON.parse(new TextDecoder().decode(bytes)) as AsepriteSheet
      sheet.meta.image = filename
      return reply
        .header('content-disposition', 'attachment; filename="sprite.json"')
        .header('cache-control', 'private, no-cache')
        .send(req.query.format === 'hash' ? toHash(sheet) : sheet)
    },
  )
}
