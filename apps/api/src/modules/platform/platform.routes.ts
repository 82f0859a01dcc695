import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { organizationParams } from '@sparkle/shared/organizations'
import {
  actAsInput,
  changePlanInput,
  listPlatformLogQuery,
  listPlatformOrganizationsQuery,
  platformLogList,
  platformOrganizationList,
  platformOrganizationView,
  suspendInput,
} from '@sparkle/shared/platform'
import type { PlatformActor } from '../../core/actor.ts'
import { forbidden, notFound } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import { decodeCursor, toPage } from '../../core/cursor.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { listPlatformOrganizations } from '../../db/system-studios.ts'
import type { App } from '../../plugins/types.ts'
import { signedIn } from '../../core/signed-in.ts'
import { listLog } from './platform.queries.ts'
import { atWorkIn, putOnPlan, startActing, stopActing, suspend, toPlatformView, unsuspend } from './platform.service.ts'

const tags = ['Platform']
const newestFirst = '-createdAt'

/** What people of the platform see and do over all studios. */
export async function platformRoutes(app: App): Promise<void> {
  const { db } = app.deps

  async function find(actor: PlatformActor, id: string) {
    const [row] = await listPlatformOrganizations(db, actor.userId, { id, most: 1 })
    return toPlatformView(row ?? notFound('organization'))
  }

  /** One act on a studio, in a transaction of its own, and the studio as it stands afterwards. */
  async function act(
    request: FastifyRequest,
    organizationId: string,
    work: (tx: TenantTx, actor: PlatformActor) => Promise<void>,
  ) {
    const actor = ofThePlatform(request)
    await find(actor, organizationId)
    await inTenant(db, atWorkIn(organizationId), (tx) => work(tx, actor))
    return find(actor, organizationId)
  }

  app.get(
    '/platform/organizations',
    {
      config: { access: 'platform:read' },
      schema: {
        operationId: 'listPlatformStudios',
        summary: 'All studios, with what they use',
        description: 'Usage is counted about once an hour; `usage.countedAt` tells when.',
        tags,
        querystring: listPlatformOrganizationsQuery,
        response: { 200: platformOrganizationList },
      },
    },
    async (req) => {
      const { limit, cursor, sort: _sort, ...filter } = req.query
      const [createdAt, id] = cursor ? decodeCursor(cursor, newestFirst, ['time', 'id']) : []
      const after = createdAt && id ? { createdAt, id } : undefined
      const found = await listPlatformOrganizations(db, signedIn(req).userId, { ...filter, after, most: limit + 1 })
      const { rows, nextCursor } = toPage(found, limit, newestFirst, (row) => [row.createdAt, row.id])
      return { items: rows.map(toPlatformView), nextCursor }
    },
  )

  app.get(
    '/platform/organizations/:id',
    {
      config: { access: 'platform:read' },
      schema: {
        operationId: 'getPlatformStudio',
        summary: 'One studio, with what it uses',
        tags,
        params: organizationParams,
        response: { 200: platformOrganizationView },
      },
    },
    (req) => find(ofThePlatform(req), req.params.id),
  )

  app.patch(
    '/platform/organizations/:id',
    {
      config: { access: 'platform:manage', stepUp: true },
      schema: {
        operationId: 'changeStudioPlan',
        summary: "Change a studio's plan",
        tags,
        params: organizationParams,
        body: changePlanInput,
        response: { 200: platformOrganizationView },
      },
    },
    (req) => act(req, req.params.id, (tx, actor) => putOnPlan(tx, actor, req.body.plan)),
  )

  app.post(
    '/platform/organizations/:id/suspend',
    {
      config: { access: 'platform:manage', stepUp: true, idempotent: false },
      schema: {
        operationId: 'suspendStudio',
        summary: 'Suspend a studio',
        description:
          'Nobody works in it from now on: 403 `organization.suspended`. Its order page is closed; its live games stay.',
        tags,
        params: organizationParams,
        body: suspendInput,
        response: { 200: platformOrganizationView },
      },
    },
    (req) => act(req, req.params.id, (tx, actor) => suspend(tx, actor, req.body.reason)),
  )

  app.post(
    '/platform/organizations/:id/unsuspend',
    {
      config: { access: 'platform:manage', stepUp: true, idempotent: false },
      schema: {
        operationId: 'unsuspendStudio',
        summary: 'Let a suspended studio go on',
        tags,
        params: organizationParams,
        response: { 200: platformOrganizationView },
      },
    },
    (req) => act(req, req.params.id, (tx, actor) => unsuspend(tx, actor)),
  )

  app.post(
    '/platform/organizations/:id/act-as',
    {
      config: { access: 'platform:manage', stepUp: true, idempotent: false },
      schema: {
        operationId: 'actAsStudio',
        summary: 'Work in a studio as its admin, for an hour and with a reason',
        description:
          "The session is in the studio from the next request on. It is on record in the studio's audit and in the platform's log, and the studio's admins are told.",
        tags,
        params: organizationParams,
        body: actAsInput,
        response: { 200: platformOrganizationView },
      },
    },
    (req) => act(req, req.params.id, (tx, actor) => startActing(tx, actor, req.body.reason)),
  )

  app.post(
    '/platform/act-as/leave',
    {
      config: { access: 'signed-in', idempotent: false, whileDeleting: true },
      schema: {
        operationId: 'leaveStudio',
        summary: 'Leave the studio that you work in for the platform',
        description: 'Without effect where the hour is over or nothing was begun.',
        tags,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      const actor = signedIn(req)
      if (actor.kind === 'user' && actor.actingAs) await inTenant(db, actor, (tx) => stopActing(tx, actor))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/platform/log',
    {
      config: { access: 'platform:read' },
      schema: {
        operationId: 'listPlatformLog',
        summary: 'What people of the platform did',
        tags,
        querystring: listPlatformLogQuery,
        response: { 200: platformLogList },
      },
    },
    async (req) => {
      const { limit, cursor, organizationId } = req.query
      const [at, id] = cursor ? decodeCursor(cursor, newestFirst, ['time', 'id']) : []
      const after = at && id ? { at, id } : undefined
      const filter = { organizationId, after, most: limit + 1 }
      const found = await asPerson(db, signedIn(req).userId, (tx) => listLog(tx, filter))
      const { rows, nextCursor } = toPage(found, limit, newestFirst, (row) => [row.at, row.id])
      return { items: rows, nextCursor }
    },
  )
}

function ofThePlatform(request: FastifyRequest): PlatformActor {
  if (request.caller?.kind === 'platform') return request.caller
  return forbidden('platform.in_a_studio', 'Leave the studio that you work in first.')
}
