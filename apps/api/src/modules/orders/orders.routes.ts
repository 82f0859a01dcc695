import type { FastifyRequest } from 'fastify'
import {
  knownOrderInput,
  type KnownOrderInput,
  orderInput,
  orderReceipt,
  staffOrderReceipt,
  studioParams,
  studioView,
  uploadInput,
  uploadTicket,
} from '@sparkle/shared/orders'
import type { PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { findStudio } from '../../db/system-studios.ts'
import type { App } from '../../plugins/types.ts'
import { createTicket } from '../assets/tickets.service.ts'
import { signUpload, uploadTools } from '../assets/uploads.service.ts'
import { orderPageOf } from './order-form.ts'
import { type PlacedOrder, placeOrder } from './orders.service.ts'
import { withPhotos } from './settle-photos.ts'

const tags = ['Orders']
const perHour = (max: number) => ({ max, windowSeconds: 3600, by: 'address' }) as const

/** The order page, and orders entered by the studio's people. */
export async function orderRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps
  const tools = uploadTools(app.deps)

  async function openStudio(request: FastifyRequest, slug: string) {
    const studio = (await findStudio(db, slug)) ?? notFound('studio')
    const actor: PublicActor = { kind: 'public', organizationId: studio.organizationId, origin: request.origin }
    return { studio, actor }
  }

  function receiptOf(organizationId: string, { orderId, orderNumber }: PlacedOrder) {
    const token = crypto.signToken('tracking', [organizationId, orderId])
    return { orderNumber, trackingUrl: `${config.publicOrigin}/track/${token}` }
  }

  app.get(
    '/public/studios/:slug',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getOrderPage',
        summary: "A studio's order page",
        tags,
        params: studioParams,
        response: { 200: studioView },
      },
    },
    async (req) => orderPageOf((await openStudio(req, req.params.slug)).studio, config.publicOrigin),
  )

  app.post(
    '/public/studios/:slug/uploads',
    {
      config: { access: 'public', limit: perHour(60) },
      schema: {
        operationId: 'createOrderUpload',
        summary: 'Ask for an address to upload a photo to',
        description: 'Put the bytes there with exactly these headers, then name `uploadId` in the order.',
        tags,
        params: studioParams,
        body: uploadInput,
        response: { 201: uploadTicket },
      },
    },
    async (req, reply) => {
      const { actor } = await openStudio(req, req.params.slug)
      const { uploadId, key, mimeType } = await req.inTenantAs(actor, (tx) => createTicket(tx, req.body))
      const signed = await signUpload(tools, { key, mimeType, sizeBytes: req.body.sizeBytes })
      return reply.code(201).send({ uploadId, ...signed })
    },
  )

  app.post(
    '/public/studios/:slug/orders',
    {
      config: { access: 'public', limit: perHour(10) },
      schema: {
        operationId: 'placeOrder',
        summary: 'Order a game',
        description: 'The reply names the private page on which the customer follows the order.',
        tags,
        params: studioParams,
        body: orderInput,
        response: { 201: orderReceipt },
      },
    },
    async (req, reply) => {
      const { actor } = await openStudio(req, req.params.slug)
      const placed = await withPhotos(app.deps, actor, req.body.uploadIds, (settled) =>
        req.inTenantAs(actor, (tx) => placeOrder(tx, crypto, actor, req.body, settled)),
      )
      return reply.code(201).send(receiptOf(actor.organizationId, placed))
    },
  )

  app.post(
    '/orders',
    {
      config: { access: 'orders:create' },
      schema: {
        operationId: 'createOrder',
        summary: 'Enter an order for somebody',
        description: "A customer who is signed in orders for their own account; the studio's people for anybody.",
        tags,
        body: knownOrderInput,
        response: { 201: staffOrderReceipt },
      },
    },
    async (req, reply) => {
      const input: KnownOrderInput = req.body
      const placed = await withPhotos(app.deps, req.actor, input.uploadIds, (settled) =>
        req.inTenant((tx) => placeOrder(tx, crypto, req.actor, input, settled)),
      )
      return reply
        .code(201)
        .header('location', `/api/v1/projects/${placed.projectId}`)
        .send({ ...receiptOf(req.actor.organizationId, placed), projectId: placed.projectId })
    },
  )
}
