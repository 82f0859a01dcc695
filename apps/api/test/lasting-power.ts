import type { RouteOptions } from 'fastify'

/** Permissions with which somebody is let in or given more. */
const powerful =
  /^(users:(create|update)|roles:update|api-keys:.*|accounts:invite|people:export|reviews:(share|invite))$/
/** Addresses of what lets somebody or something in. */
const doors =
  /\/(invit|guest-links|identity-providers|api-keys|service-accounts|webhook-endpoints|members|grants|roles)/

const taken = 'takes power or a way in away, and gives none'
const helps = 'what the platform is called for; it opens nothing to whoever does it'

/** The closed list of such changes that are left to somebody of the platform at work in a studio, with the reasons. */
const leftToActing: ReadonlyMap<string, string> = new Map([
  ['DELETE /api/v1/users/:id', taken],
  ['POST /api/v1/users/:id/deactivate', taken],
  ['DELETE /api/v1/accounts/:id/members/:userId', taken],
  ['DELETE /api/v1/accounts/:id/invitations/:invitationId', taken],
  ['DELETE /api/v1/guest-links/:id', taken],
  ['DELETE /api/v1/invites/:id', taken],
  ['DELETE /api/v1/users/:id/identities/:providerId', taken],
  ['DELETE /api/v1/api-keys/:id', taken],
  ['POST /api/v1/service-accounts/:id/deactivate', taken],
  ['DELETE /api/v1/identity-providers/:id', taken],
  ['POST /api/v1/identity-providers/:id/test', 'nobody is signed in by a try'],
  ['POST /api/v1/users/:id/second-factor/reset', helps],
  ['POST /api/v1/notification-deliveries/:id/retry', helps],
])

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A change that may give lasting power says so, or stands on the list. `name` is `POST /api/v1/users`. */
export function lastingFaults(name: string, { method, url, config }: RouteOptions): string[] {
  const { access, lasting } = config ?? {}
  if (reading.has(method as string) || !access || access === 'public' || access === 'signed-in') return []
  const gives = powerful.test(access) || doors.test(url)
  if (gives && !lasting && !leftToActing.has(name))
    return ['may give power that outlasts a visit of the platform: say `lasting`, or why not']
  return lasting && leftToActing.has(name) ? ['is `lasting` and on the list of what is not'] : []
}
