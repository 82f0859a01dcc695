import { z } from 'zod'
import {
  assetItem,
  assetList,
  assetView,
  bulkAssetsInput,
  assetUsage,
  contentQuery,
  listAssetsQuery,
  listStudioAssetsQuery,
  studioAssetList,
  studioAssetView,
  updateAssetInput,
} from '@sparkle/shared/assets'
import { bulkResults } from '@sparkle/shared/project-bulk'
import { createSpriteInput } from '@sparkle/shared/sprites'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import {
  changeAsset,
  changeAssets,
  deleteAsset,
  getAsset,
  listAssetViews,
  listStudioViews,
  openContent,
  recordContent,
  reprocessAsset,
} from './assets.service.ts'
import { createSprite } from './sprites.service.ts'
import { createLinker } from '../../core/file-links.ts'
import { createFileReader } from '../../core/read-stored.ts'
import { serveFile } from '../../core/serve-file.ts'
import { getUsage } from './usage.service.ts'

const tags = ['Assets']
const bytes = z.string().meta({ format: 'binary', description: 'The bytes of the file.' })

export async function assetRoutes(app: App): Promise<void> {
  const { store, crypto, config } = app.deps
  const link = createLinker(crypto, config.publicOrigin)
  const read = createFileReader(store)

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
    async (req, reply) => {
      const page = await req.inTenant((tx) => listAssetViews(tx, link, req.actor, req.params.id, req.query))
      if (req.query.fields !== undefined) reply.onlyFields(assetItem, req.query.fields)
      return page
    },
  )

  app.get(
    '/assets',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'listStudioAssets',
        summary: 'List the assets of all projects, newest first',
        description: 'An artist sees those of the projects assigned to them.',
        tags,
        querystring: listStudioAssetsQuery,
        response: { 200: studioAssetList },
      },
    },
    async (req, reply) => {
      const page = await req.inTenant((tx) => listStudioViews(tx, link, req.actor, req.query))
      if (req.query.fields !== undefined) reply.onlyFields(studioAssetView, req.query.fields)
      return page
    },
  )

  app.post(
    '/assets/bulk',
    {
      config: { access: 'assets:delete' },
      schema: {
        operationId: 'changeAssets',
        summary: 'Delete many assets at once',
        description:
          'Each asset is deleted or refused by itself, in one transaction; `results` says which, in the order of `items`.',
        tags,
        body: bulkAssetsInput,
        response: { 200: bulkResults },
      },
    },
    async (req) => ({ results: await req.inTenant((tx) => changeAssets(tx, req.actor, req.body)) }),
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
        summary: 'Rename an asset or set its focal point',
        tags,
        params: idParams,
        body: updateAssetInput,
        response: { 200: assetView },
      },
    },
    (req) => req.inTenant((tx) => changeAsset(tx, link, req.actor, req.params.id, req.body, req.ifMatch)),
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
      const content = await req.inTenant((tx) => openContent(tx, req.actor, req.params.id, variant))
      const served = { ...content.file, load: () => read(content.file) }
      const record = () => req.inTenant((tx) => recordContent(tx, req.actor, content))
      const download = variant === 'original' ? { downloadAs: content.filename, record } : {}
      return serveFile(req, reply, served, { cacheControl: 'private, no-cache', ...download })
    },
  )

  app.get(
    '/assets/:id/usage',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'getAssetUsage',
        summary: 'What an asset was made from, and what was made with it',
        tags,
        params: idParams,
        response: { 200: assetUsage },
      },
    },
    (req) => req.inTenant((tx) => getUsage(tx, config.gamesOrigin, req.actor, req.params.id)),
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
