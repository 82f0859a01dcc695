import multipart from '@fastify/multipart'
import {
  assetVersionList,
  assetVersionView,
  assetView,
  directUpload,
  directUploadInput,
  versionParams,
  versionUpload,
  versionUploadInput,
} from '@sparkle/shared/assets'
import { idParams } from '@sparkle/shared/text'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { completeUpload, completeVersion, signDirectUpload, signVersionUpload, storeUpload } from './store-upload.ts'
import { readUploadForm, uploadForm } from './upload-form.ts'
import { uploadTools } from './uploads.service.ts'
import { getVersionView, listVersionViews, restoreVersion } from './versions.service.ts'

const tags = ['Assets']
const uploading = { max: 120, windowSeconds: 60 }

/** How files come in: as new assets, and as new versions of those there are. */
export async function uploadRoutes(app: App): Promise<void> {
  const { db, store, crypto, config } = app.deps
  const link = createLinker(crypto, config.publicOrigin)
  const tools = uploadTools(app.deps)
  await app.register(multipart)

  app.post(
    '/projects/:id/assets',
    {
      config: { access: 'assets:create', limit: uploading },
      bodyLimit: 11 * 1024 * 1024,
      schema: {
        operationId: 'uploadAsset',
        summary: 'Upload a file',
        description:
          'A form with `assetType`, then `file` (a picture as JPEG, PNG, WebP or HEIC, a sound as MP3, settings as JSON; at most 10 MiB). It is checked in the background.',
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
        description:
          'Send the bytes as told, whole or in pieces, then declare the upload complete. `duplicateOf` names an asset of the same bytes, where `digest` was given.',
        tags,
        params: idParams,
        body: directUploadInput,
        response: { 201: directUpload },
      },
    },
    async (req, reply) => reply.code(201).send(await signDirectUpload(tools, req, req.params.id, req.body)),
  )

  app.post(
    '/assets/:id/complete',
    {
      config: { access: 'assets:create' },
      schema: {
        operationId: 'completeDirectUpload',
        summary: 'Declare a direct upload complete',
        description:
          'The size, and the digest where one was announced, of what arrived are checked. Doing it twice changes nothing.',
        tags,
        params: idParams,
        response: { 200: assetView },
      },
    },
    (req) => completeUpload({ db, store }, link, req, req.params.id),
  )

  app.get(
    '/assets/:id/versions',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'listAssetVersions',
        summary: 'The versions of an asset, newest first',
        description: 'At most 200, and always the present one.',
        tags,
        params: idParams,
        response: { 200: assetVersionList },
      },
    },
    (req) => req.inTenant((tx) => listVersionViews(tx, link, req.actor, req.params.id)),
  )

  app.get(
    '/assets/:id/versions/:number',
    {
      config: { access: 'assets:read' },
      schema: {
        operationId: 'getAssetVersion',
        summary: 'One version of an asset, with its recipe',
        tags,
        params: versionParams,
        response: { 200: assetVersionView },
      },
    },
    (req) => req.inTenant((tx) => getVersionView(tx, link, req.actor, req.params.id, req.params.number)),
  )

  app.post(
    '/assets/:id/versions',
    {
      config: { access: 'assets:update', limit: uploading },
      schema: {
        operationId: 'createVersionUpload',
        summary: 'Ask for a signed request that uploads a new version',
        description: 'The asset stays as it is until the new version has been declared complete and found good.',
        tags,
        params: idParams,
        body: versionUploadInput,
        response: { 201: versionUpload },
      },
    },
    async (req, reply) => reply.code(201).send(await signVersionUpload(tools, req, req.params.id, req.body)),
  )

  app.post(
    '/assets/:id/versions/:number/complete',
    {
      config: { access: 'assets:update' },
      schema: {
        operationId: 'completeVersionUpload',
        summary: 'Declare the upload of a version complete',
        tags,
        params: versionParams,
        response: { 200: assetVersionView },
      },
    },
    (req) => completeVersion({ db, store }, link, req, req.params.id, req.params.number),
  )

  app.post(
    '/assets/:id/versions/:number/restore',
    {
      config: { access: 'assets:update' },
      schema: {
        operationId: 'restoreAssetVersion',
        summary: 'Make an earlier version the present one again',
        tags,
        params: versionParams,
        response: { 200: assetVersionView },
      },
    },
    (req) => req.inTenant((tx) => restoreVersion(tx, link, req.actor, req.params.id, req.params.number)),
  )
}
