import type { FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { permissionNames } from '@sparkle/shared/permissions'
import { AppError } from '../core/app-error.ts'
import { can, type UserActor } from '../core/actor.ts'
import type { Access } from './types.ts'

/** A route was registered without saying who may call it; the server does not start. */
export class MissingAccessError extends Error {}

const known = new Set<string>(['public', 'signed-in', ...permissionNames])

/**
 * The first gate. A route without `config.access` stops the server from booting; a caller without it is refused before
 * the body is read. Rights over one record come later, in the module's rules.
 */
export const access = fp(
  async (app) => {
    app.decorate('routesArePublic', false)
    app.addHook('onRoute', function (route: RouteOptions) {
      if (this.routesArePublic) route.config = { access: 'public', ...route.config }
      const declared = route.config?.access
      if (declared === undefined || !known.has(declared))
        throw new MissingAccessError(`${route.method.toString()} ${route.url} does not declare who may call it.`)
    })
    app.addHook('onRequest', async (request) => {
      const declared = request.routeOptions.config.access
      if (declared !== undefined) admit(request, declared)
      if (request.routeOptions.config.stepUp) await request.assertSteppedUp()
    })
    app.decorateRequest('actor', { getter: requireUser })
  },
  { name: 'access', dependencies: ['auth'] },
)

function admit(request: FastifyRequest, declared: Access): void {
  if (declared === 'public') return
  const caller = request.caller
  if (!caller) throw new AppError('unauthenticated', 'auth.required', 'Sign in first, or send a valid access token.')
  if (declared === 'signed-in') return
  if (caller.kind === 'platform' && !declared.startsWith('platform:'))
    throw new AppError(
      'forbidden',
      'auth.no_studio',
      'Choose a studio first: your session has none that you may work in.',
    )
  if (!can(caller, declared))
    throw new AppError('forbidden', 'auth.forbidden', `This needs the permission ${declared}.`)
}

function requireUser(this: FastifyRequest): UserActor {
  if (this.caller?.kind === 'user') return this.caller
  throw new AppError(
    'forbidden',
    'auth.no_studio',
    'Choose a studio first: your session has none that you may work in.',
  )
}
