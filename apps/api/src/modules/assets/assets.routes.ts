import multipart from '@fastify/multipart'
import { z } from 'zod'
import {
  assetList,
  assetView,
  contentQuery,
  directUpload,
  directUploadInput,
  listAssetsQuery,
  updateAssetInput,
} from '@sparkle/shared/assets'
import { createSpriteInput } from '@sparkle/shared/sprites'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import {
  createSprite,
  deleteAsset,
  getAsset,
  listAssetViews,
  openContent,
  renameAsset,
  reprocessAsset,
} from './assets.service.ts'
import { createLinker } from '../../core/file-links.ts'
import { serveFile } from '../../core/serve-file.ts'
import { completeUpload, signDirectUpload, storeUpload } from './store-upload.ts'
import { readUploadForm, uploadForm } from './upload-form.ts'

const tags = ['Assets']
const bytes = z.string().meta({ format: 'binary', description: 'The bytes of the file.' })
const uploading = { max: 120, windowSeconds: 60 }

export async function assetRoutes(app: App): Promise<void> {
  const { db, store, crypto, config } = app.deps
  const link = createLinker(crypto, config.publicOrigin)
  await app.register(multipart)

  app.get(
    '/projects/:id/assets',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'listAssets',
        summary: 'List the assets of a project, newest first',
        tags,
        params: idParams,
        querystring: listAssetsQuery,
        response: { 200: assetList },
      },
    },
    (req) => req.inTenant((tx) => listAssetViews(tx, link, req.actor, req.params.id, req.query)),
  )

  app.post(
    '/projects/:id/assets',
    {
      config: { access: 'assets:create', limit: uploading },
      bodyLimit: 11 * 1024 * 1024,
      schema: {
        operationId: 'uploadAsset',
        summary: 'Upload a file',
        description:
          'A form with `assetType`, then `file` (JPEG, PNG or WebP, at most 10 MiB). It is checked in the background.',
        tags,
        consumes: ['multipart/form-data'],
        params: idParams,
        body: uploadForm.nullish(),
        response: { 201: assetView },
      },
    },
    async (req, reply) => {
      const asset = await storeUpload({ db, store }, link, req, req.params.id, () => readUploadForm(req))
      return reply.code(201).header('location', `/api/v1/assets/${asset.id}`).send(asset)
    },
  )

  app.post(
    '/projects/:id/assets/uploads',
    {
      config: { access: 'assets:create', limit: uploading },
      schema: {
        operationId: 'createDirectUpload',
        summary: 'Ask for a signed request that uploads straight into the store',
        description: 'Send the bytes as told, then declare the upload complete.',
        tags,
        params: idParams,
        body: directUploadInput,
        response: { 201: directUpload },
      },
    },
    async (req, reply) => reply.code(201).send(await signDirectUpload(store, req, req.params.id, req.body)),
  )

  app.post(
    '/assets/:id/complete',
    {
      config: { access: 'assets:create' },
      schema: {
        operationId: 'completeDirectUpload',
        summary: 'Declare a direct upload complete',
        description: 'The size of what arrived is checked again. Doing it twice changes nothing.',
        tags,
        params: idParams,
        response: { 200: assetView },
      },
    },
    (req) => completeUpload({ db, store }, link, req, req.params.id),
  )

  app.get(
    '/assets/:id',
    {
      config: { access: 'assets:read' },
      schema: { operationId: 'getAsset', summary: 'One asset', tags, params: idParams, response: { 200: assetView } },
    },
    (req) => req.inTenant((tx) => getAsset(tx, link, req.actor, req.params.id)),
  )

  app.patch(
    '/assets/:id',
    {
      config: { access: 'assets:update' },
      schema: {
        operationId: 'updateAsset',
        summary: 'Rename an asset',
        tags,
        params: idParams,
        body: updateAssetInput,
        response: { 200: assetView },
      },
    },
    (req) => req.inTenant((tx) => renameAsset(tx, link, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/assets/:id',
    {
      config: { access: 'assets:delete' },
      schema: {
        operationId: 'deleteAsset',
        summary: 'Delete an asset and its files',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteAsset(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/assets/:id/content',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'getAssetContent',
        summary: 'The bytes of an asset',
        description: 'Reading the original is a download and goes on record.',
        tags,
        produces: ['application/octet-stream'],
        params: idParams,
        querystring: contentQuery,
        response: { 200: bytes },
      },
    },
    async (req, reply) => {
      const { variant } = req.query
      const { file, filename } = await req.inTenant((tx) => openContent(tx, req.actor, req.params.id, variant))
      const served = { ...file, load: () => store.get(file.storageKey) }
      const download = variant === 'original' ? { downloadAs: filename } : {}
      return serveFile(req, reply, served, { cacheControl: 'private, no-cache', ...download })
    },
  )

  app.post(
    '/assets/:id/process',
    {
      config: { access: 'assets:update' },
      schema: {
        operationId: 'processAsset',
        summary: 'Process an asset again after a failure',
        tags,
        params: idParams,
        response: { 202: assetView },
      },
    },
    async (req, reply) =>
      reply.code(202).send(await req.inTenant((tx) => reprocessAsset(tx, link, req.actor, req.params.id))),
  )

  app.post(
    '/assets/:id/sprites',
    {
      config: { access: 'assets:create' },
      schema: {
        operationId: 'createSprite',
        summary: 'Make a sprite of a photo',
        description:
          'Answers at once with the new asset; it is `ready` when its frames are drawn. The recipe is kept with it, and ' +
          'the variant `meta` describes the sheet as Aseprite does. Every field may be left out.',
        tags,
        params: idParams,
        body: createSpriteInput,
        response: { 202: assetView },
      },
    },
    async (req, reply) => {
      const sprite = await req.inTenant((tx) => createSprite(tx, link, req.actor, req.params.id, req.body))
      return reply.code(202).header('location', `/api/v1/assets/${sprite.id}`).send(sprite)
    },
  )
}
