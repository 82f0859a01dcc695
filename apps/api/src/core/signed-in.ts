import type { FastifyRequest } from 'fastify'
import type { PlatformActor, UserActor } from './actor.ts'
import { sessionEnded } from './session.ts'

export type SignedIn = UserActor | PlatformActor

/** The signed-in person; the route's access has made sure that there is one. */
export function signedIn(request: FastifyRequest): SignedIn {
  const caller = request.caller
  if (caller?.kind === 'user' || caller?.kind === 'platform') return caller
  throw sessionEnded()
}
