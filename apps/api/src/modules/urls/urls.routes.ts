import QRCode from 'qrcode'
import { z } from 'zod'
import { idParams } from '@sparkle/shared/text'
import {
  availabilityQuery,
  availabilityView,
  deployPreview,
  deployPreviewQuery,
  deploymentList,
  deployUrlInput,
  listDeploymentsQuery,
  listUrlsQuery,
  qrPictureQuery,
  reserveUrlInput,
  rollBackUrlInput,
  suggestionList,
  updateUrlInput,
  urlList,
  urlView,
} from '@sparkle/shared/urls'
import type { App } from '../../plugins/types.ts'
import { previewDeploy } from './deploy-preview.service.ts'
import { deployUrl, rollBackUrl } from './deploy.service.ts'
import { checkSlug, suggestUrls } from './slugs.service.ts'
import {
  changeUrl,
  deleteUrl,
  getUrl,
  listDeploymentViews,
  listUrlViews,
  renewUrl,
  reserveUrl,
} from './urls.service.ts'

const tags = ['Addresses']
const picture = z.unknown().meta({ type: 'string', format: 'binary' })

export async function urlRoutes(app: App): Promise<void> {
  const place = { gamesOrigin: app.deps.config.gamesOrigin }

  app.get(
    '/projects/:id/url-suggestions',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'suggestUrls',
        summary: 'Addresses that fit the pet',
        description:
          "Made from the pet's name, breed and personality and the game's theme; those that are free come first.",
        tags,
        params: idParams,
        response: { 200: suggestionList },
      },
    },
    (req) => req.inTenant((tx) => suggestUrls(tx, place, req.params.id)),
  )

  app.get(
    '/urls/availability',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'checkSlug',
        summary: 'Whether an address is free',
        description:
          '`resting`: another pet lived there less than a year ago. `look_alike`: it would be taken for another address.',
        tags,
        querystring: availabilityQuery,
        response: { 200: availabilityView },
      },
    },
    (req) =>
      req.inTenant(async (tx) => {
        const reason = await checkSlug(tx, place, req.query.slug, { projectId: null })
        return reason === null ? { available: true } : { available: false, reason }
      }),
  )

  app.post(
    '/projects/:id/urls',
    {
      config: { access: 'urls:create' },
      schema: {
        operationId: 'reserveUrl',
        summary: 'Reserve an address',
        description: 'Kept for 30 days, or from its first deploy on for the term of the package.',
        tags,
        params: idParams,
        body: reserveUrlInput,
        response: { 201: urlView },
      },
    },
    async (req, reply) => {
      const url = await req.inTenant((tx) => reserveUrl(tx, place, req.actor, req.params.id, req.body))
      return reply.code(201).header('location', `/api/v1/urls/${url.id}`).send(url)
    },
  )

  app.get(
    '/urls',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'listUrls',
        summary: 'List addresses, newest first',
        tags,
        querystring: listUrlsQuery,
        response: { 200: urlList },
      },
    },
    (req) => req.inTenant((tx) => listUrlViews(tx, place, req.actor, req.query)),
  )

  app.get(
    '/urls/:id',
    {
      config: { access: 'urls:read' },
      schema: { operationId: 'getUrl', summary: 'One address', tags, params: idParams, response: { 200: urlView } },
    },
    (req) => req.inTenant((tx) => getUrl(tx, place, req.params.id)),
  )

  app.patch(
    '/urls/:id',
    {
      config: { access: 'urls:update' },
      schema: {
        operationId: 'updateUrl',
        summary: 'Give an address another name, or another rule for search engines',
        description: 'A game that has been live keeps answering under its old name, with a redirect.',
        tags,
        params: idParams,
        body: updateUrlInput,
        response: { 200: urlView },
      },
    },
    (req) => req.inTenant((tx) => changeUrl(tx, place, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/urls/:id',
    {
      config: { access: 'urls:delete' },
      schema: {
        operationId: 'deleteUrl',
        summary: 'Take an address down',
        description: 'One that has been live is not given to another pet for a year.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteUrl(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/urls/:id/renew',
    {
      config: { access: 'urls:update' },
      schema: {
        operationId: 'renewUrl',
        summary: 'Keep an address for another term',
        description:
          'In the last 60 days of its term, or once it has expired; 409 `url.renew_too_early` names the day from which on. Time that is left is added to the new term; an expired game is back at once. A reservation is renewed once, by 30 days.',
        tags,
        params: idParams,
        response: { 200: urlView },
      },
    },
    (req) => req.inTenant((tx) => renewUrl(tx, place, req.actor, req.params.id, req.ifMatch)),
  )

  app.get(
    '/urls/:id/deploy-preview',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'previewDeploy',
        summary: 'What a deploy would change',
        description: 'The files of a passed build against those that are live.',
        tags,
        params: idParams,
        querystring: deployPreviewQuery,
        response: { 200: deployPreview },
      },
    },
    (req) => req.inTenant((tx) => previewDeploy(tx, req.params.id, req.query.buildId)),
  )

  app.post(
    '/urls/:id/deploy',
    {
      config: { access: 'urls:deploy' },
      schema: {
        operationId: 'deployUrl',
        summary: 'Put a build live',
        description:
          'One deploy at a time: 409 `url.deploy_in_progress` while another is under way. Where approval is required, ' +
          'only a build of an approved digest: else 409 `url.approval_required`.',
        tags,
        params: idParams,
        body: deployUrlInput,
        response: { 200: urlView },
      },
    },
    async (req) => {
      if (req.body.overrideReason !== undefined) await req.assertSteppedUp()
      return req.inTenant((tx) => deployUrl(tx, place, req.actor, req.params.id, req.body))
    },
  )

  app.post(
    '/urls/:id/rollback',
    {
      config: { access: 'urls:deploy' },
      schema: {
        operationId: 'rollBackUrl',
        summary: 'Bring back the build before',
        description:
          'Done again, it goes one further back; 409 `url.nothing_to_roll_back` where there is none, 409 ' +
          '`url.build_not_ready` where that build was erased with a picture in it. Where approval is required, only ' +
          'to a build of an approved digest: else 409 `url.approval_required`. The body may be left out.',
        tags,
        params: idParams,
        body: rollBackUrlInput.nullish(),
        response: { 200: urlView },
      },
    },
    async (req) => {
      const input = req.body ?? {}
      if (input.overrideReason !== undefined) await req.assertSteppedUp()
      return req.inTenant((tx) => rollBackUrl(tx, place, req.actor, req.params.id, input))
    },
  )

  app.get(
    '/urls/:id/deployments',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'listDeployments',
        summary: 'What was live when, newest first',
        tags,
        params: idParams,
        querystring: listDeploymentsQuery,
        response: { 200: deploymentList },
      },
    },
    (req) => req.inTenant((tx) => listDeploymentViews(tx, req.params.id, req.query)),
  )

  app.get(
    '/urls/:id/qr.svg',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'getUrlQrCode',
        summary: 'The address as a QR code',
        tags,
        params: idParams,
        response: { 200: { description: 'The QR code', content: { 'image/svg+xml': { schema: z.string() } } } },
      },
    },
    async (req, reply) => {
      const { fullUrl } = await req.inTenant((tx) => getUrl(tx, place, req.params.id))
      const svg = await QRCode.toString(fullUrl, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
      return reply.type('image/svg+xml').header('cache-control', 'private, max-age=300').send(svg)
    },
  )

  app.get(
    '/urls/:id/qr.png',
    {
      config: { access: 'urls:read' },
      schema: {
        operationId: 'getUrlQrPicture',
        summary: 'The address as a QR code to print',
        tags,
        params: idParams,
        querystring: qrPictureQuery,
        response: {
          200: { description: 'The QR code', content: { 'image/png': { schema: picture } } },
        },
      },
    },
    async (req, reply) => {
      const { fullUrl, slug } = await req.inTenant((tx) => getUrl(tx, place, req.params.id))
      const width = req.query.size
      const png = await QRCode.toBuffer(fullUrl, { type: 'png', margin: 2, errorCorrectionLevel: 'M', width })
      return reply
        .type('image/png')
        .header('cache-control', 'private, max-age=300')
        .header('content-disposition', `inline; filename="${slug}.png"`)
        .send(png)
    },
  )
}
