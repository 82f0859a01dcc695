import type { FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { z } from 'zod'
import { dependsOnResource, type Resource } from '@sparkle/shared/decide'
import { guestPermissions, permissionNames, type Permission } from '@sparkle/shared/permissions'
import { AppError, notFound, suspended } from '../core/app-error.ts'
import { can, decideOn, type Reviewer, type UserActor } from '../core/actor.ts'
import { type Database, inTenantRead } from '../core/in-tenant.ts'
import { refuse } from '../core/refuse.ts'
import { findResource, isResourceKind } from '../core/resources.ts'
import { keyRefused } from './api-key-auth.ts'
import type { Access } from './types.ts'

/** A route was registered without saying who may call it; the server does not start. */
export class MissingAccessError extends Error {}

const known = new Set<string>(['public', 'signed-in', ...permissionNames])

/**
 * The first gate. A route without `config.access` stops the server from booting; a caller without it is refused before
 * the body is read. Rights over one record come later, in the module's rules; only for those with a grant or a denial
 * that names a thing, it is looked up here already, so that no route can forget about them.
 */
export const access = fp(
  async (app) => {
    app.decorate('routesArePublic', false)
    app.addHook('onRoute', function (route: RouteOptions) {
      if (this.routesArePublic) route.config = { access: 'public', ...route.config }
      const declared = route.config?.access
      if (declared === undefined || !known.has(declared))
        throw new MissingAccessError(`${route.method.toString()} ${route.url} does not declare who may call it.`)
      const { guests } = route.config ?? {}
      if (guests && !isForGuests(guests === true ? declared : guests, route.url))
        throw new MissingAccessError(`${route.method.toString()} ${route.url} lets guests in to what no guest may do.`)
    })
    app.addHook('onRequest', async (request) => {
      if (request.authFault) throw request.authFault
      const declared = request.routeOptions.config.access
      if (declared !== undefined) await admit(app.deps.db, request, declared)
      assertNoKey(request)
      if (request.routeOptions.config.lasting) assertNotActing(request)
      if (request.routeOptions.config.ownSignIn) assertOwnSignIn(request)
      if (request.routeOptions.config.stepUp) await request.assertSteppedUp()
    })
    app.decorateRequest('actor', { getter: requireUser })
    app.decorateRequest('reviewer', { getter: requireReviewer })
  },
  { name: 'access', dependencies: ['auth'] },
)

/** Guests do what the widest scope has, to things that are known to be of a project. */
function isForGuests(declared: Access, url: string): boolean {
  return guestPermissions.approve.some((one) => one === declared) && isResourceKind(resourceWord(url))
}

/** A studio's provider speaks for its own studio; what it opened may not become a way into the person's other ones. */
function assertOwnSignIn({ caller }: FastifyRequest): void {
  const viaProvider = (caller?.kind === 'user' || caller?.kind === 'platform') && caller.viaProvider
  if (viaProvider)
    throw new AppError(
      'forbidden',
      'auth.studio_sign_in',
      "You came in through your studio's sign-in. Sign in with your own password or passkey to change this.",
    )
}

/** Whoever is let in for an hour leaves nobody and nothing behind that could come in after it. */
function assertNotActing({ caller }: FastifyRequest): void {
  if (caller?.kind === 'user' && caller.actingAs)
    throw new AppError(
      'forbidden',
      'platform.lasting_power',
      'This would outlive your visit to the studio. One of its admins has to do it.',
    )
}

async function admit(db: Database, request: FastifyRequest, declared: Access): Promise<void> {
  if (declared === 'public') return
  const caller = request.caller
  if (!caller) throw new AppError('unauthenticated', 'auth.required', 'Sign in first, or send a valid access token.')
  if (caller.kind === 'guest' && !request.routeOptions.config.guests) throw guestRefused()
  if (declared === 'signed-in') return
  if (caller.kind === 'platform' && !declared.startsWith('platform:')) throw noStudio(caller)
  if ('readOnlyUntil' in caller && caller.readOnlyUntil && changes(request)) throw readOnly(caller.readOnlyUntil)
  const { guests } = request.routeOptions.config
  const needed = caller.kind === 'guest' && typeof guests === 'string' ? guests : declared
  const byResource = caller.kind === 'guest' || (caller.kind === 'user' && dependsOnResource(caller, declared))
  const resource = byResource ? await resourceOf(db, caller, request, needed) : undefined
  const decision = decideOn(caller, needed, resource)
  if (!decision.allowed) refuse(needed, decision)
  if (caller.kind === 'user' || caller.kind === 'guest') caller.using = declared
}

/** What kind of thing an address names: `versions` of `/api/v1/versions/:id/decisions`. */
function resourceWord(url = ''): string | undefined {
  return /^\/api\/v1\/([a-z-]+)\/:id(\/|$)/.exec(url)?.[1]
}

/** What the address is about. Throws 404 where the caller may neither do this to it nor see its project; to guests nothing else is there. */
async function resourceOf(
  db: Database,
  caller: Reviewer,
  request: FastifyRequest,
  declared: Permission,
): Promise<Resource | undefined> {
  const kind = resourceWord(request.routeOptions.url)
  const { data: id } = z.uuid().safeParse((request.params as { id?: string }).id)
  if (!isResourceKind(kind) || id === undefined) return undefined
  const resource = await inTenantRead(db, caller, (tx) => findResource(tx, kind, id))
  const unseen = resource
    ? !can(caller, declared, resource) && !can(caller, 'projects:read', resource)
    : caller.kind === 'guest'
  if (unseen) notFound(kind.slice(0, -1).replace('-', '_'))
  return resource
}

/** Keys do a studio's work; they never reach their person's sign-in, other keys, or what wants a second look. */
function assertNoKey(request: FastifyRequest): void {
  if (request.caller?.kind !== 'user' || !request.caller.viaKey) return
  const { access: declared, keys, stepUp } = request.routeOptions.config
  if (declared === undefined) return
  if (stepUp || !(keys ?? declared !== 'signed-in')) throw keyRefused()
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

function changes(request: FastifyRequest): boolean {
  return !safeMethods.has(request.method) && !request.routeOptions.config.whileDeleting
}

function requireUser(this: FastifyRequest): UserActor {
  if (this.caller?.kind === 'user') return this.caller
  if (this.caller?.kind === 'guest') throw guestRefused()
  throw noStudio(this.caller)
}

function requireReviewer(this: FastifyRequest): Reviewer {
  return this.caller?.kind === 'guest' ? this.caller : requireUser.call(this)
}

/** The 403 of a guest who asks for anything but the review that the link is of. */
function guestRefused(): AppError {
  return new AppError('forbidden', 'auth.guest_not_allowed', 'A review link opens its review and nothing else.')
}

function noStudio(caller: FastifyRequest['caller']): AppError {
  if (caller?.kind === 'platform' && caller.suspended) return suspended()
  return new AppError(
    'forbidden',
    'auth.no_studio',
    'Choose a studio first: your session has none that you may work in.',
  )
}

function readOnly(until: string): AppError {
  const day = until.slice(0, 10)
  return new AppError(
    'forbidden',
    'organization.read_only',
    `This studio is deleted on ${day} and can only be read until then. An admin can take that back.`,
  )
}
