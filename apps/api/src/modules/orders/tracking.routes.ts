import type { FastifyRequest } from 'fastify'
import {
  maxSentPhotos,
  trackedPhotoInput,
  trackingParams,
  trackingView,
  uploadInput,
  uploadTicket,
} from '@sparkle/shared/orders'
import type { PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { signUpload, uploadTools } from '../assets/uploads.service.ts'
import { withPhotos } from './settle-photos.ts'
import { addPhoto, reservePhoto, trackOrder } from './tracking.service.ts'

const tags = ['Orders']
const sending = { max: 30, windowSeconds: 3600, by: 'address' } as const

/** The private page of an order: whoever holds its link follows it, and sends what was forgotten. */
export async function trackingRoutes(app: App): Promise<void> {
  const { crypto, config } = app.deps
  const link = createLinker(crypto, config.publicOrigin)
  const tools = uploadTools(app.deps)

  function openOrder({ origin }: FastifyRequest, token: string) {
    const [organizationId, orderId] = crypto.readToken('tracking', token) ?? notFound('order')
    if (!organizationId || !orderId) notFound('order')
    const actor: PublicActor = { kind: 'public', organizationId, origin }
    return { actor, orderId }
  }

  app.get(
    '/public/orders/:token',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'trackOrder',
        summary: 'Follow an order',
        tags,
        params: trackingParams,
        response: { 200: trackingView },
      },
    },
    async (req) => {
      const { actor, orderId } = openOrder(req, req.params.token)
      return req.inTenantAs(actor, (tx) => trackOrder(tx, link, config.gamesOrigin, orderId))
    },
  )

  app.post(
    '/public/orders/:token/uploads',
    {
      config: { access: 'public', limit: sending },
      schema: {
        operationId: 'createTrackedUpload',
        summary: 'Ask for an address to upload one more photo to',
        description:
          'Put the bytes there with exactly these headers, then add the photo by its `uploadId`. 409 `order.work_done` once ' +
          'the game is complete or the order cancelled, 409 `order.photos_full` where it has twelve that can be used or ' +
          `was sent ${maxSentPhotos} in all, 409 \`order.studio_closed\` while the studio takes no orders.`,
        tags,
        params: trackingParams,
        body: uploadInput,
        response: { 201: uploadTicket },
      },
    },
    async (req, reply) => {
      const { actor, orderId } = openOrder(req, req.params.token)
      const { uploadId, key, mimeType } = await req.inTenantAs(actor, (tx) => reservePhoto(tx, orderId, req.body))
      const signed = await signUpload(tools, { key, mimeType, sizeBytes: req.body.sizeBytes })
      return reply.code(201).send({ uploadId, ...signed })
    },
  )

  app.post(
    '/public/orders/:token/photos',
    {
      config: { access: 'public', limit: sending },
      schema: {
        operationId: 'addTrackedPhoto',
        summary: 'Add a photo to an order that was sent before',
        description:
          'It is checked like every upload, and whoever works on the project is told. Refused as its upload is.',
        tags,
        params: trackingParams,
        body: trackedPhotoInput,
        response: { 201: trackingView },
      },
    },
    async (req, reply) => {
      const { actor, orderId } = openOrder(req, req.params.token)
      const { uploadId } = req.body
      const order = await withPhotos(app.deps, actor, [uploadId], (settled) =>
        req.inTenantAs(actor, async (tx) => {
          await addPhoto(tx, actor, orderId, uploadId, settled)
          return trackOrder(tx, link, config.gamesOrigin, orderId)
        }),
      )
      return reply.code(201).send(order)
    },
  )
}
