import type { RouteOptions } from 'fastify'
import type { Api, Person, Requests } from './harness.ts'
import type { Kind, World } from './neighbour-world.ts'

/** What stands for `:id` in each address, and a body that its schema takes. */
export const things: Record<string, { kind: Kind; body?: (world: World) => object; query?: (world: World) => object }> =
  {
    'GET /organizations/:id': { kind: 'organization' },
    'PATCH /organizations/:id': { kind: 'organization', body: () => ({ tagline: 'Seen' }) },
    'PUT /organizations/:id/logo': { kind: 'organization' },
    'DELETE /organizations/:id/logo': { kind: 'organization' },
    'POST /organizations/:id/deletion': { kind: 'organization', body: () => ({ slug: 'seen' }) },
    'DELETE /organizations/:id/deletion': { kind: 'organization' },
    'GET /projects/:id': { kind: 'project' },
    'PATCH /projects/:id': { kind: 'project', body: () => ({ notes: 'seen' }) },
    'DELETE /projects/:id': { kind: 'project' },
    'POST /projects/:id/restore': { kind: 'deletedProject' },
    'POST /projects/:id/status': { kind: 'project', body: () => ({ status: 'in_progress' }) },
    'POST /projects/:id/assign': { kind: 'project', body: () => ({ userId: null }) },
    'POST /projects/:id/archive': { kind: 'project' },
    'POST /projects/:id/unarchive': { kind: 'project' },
    'GET /projects/:id/files': { kind: 'project' },
    'POST /projects/:id/files/uploads': { kind: 'project', body: () => ({ filename: 'a.pdf', sizeBytes: 10 }) },
    'POST /project-files/uploads/:id/complete': { kind: 'fileVersion' },
    'GET /project-files/:id': { kind: 'projectFile' },
    'GET /project-files/:id/versions': { kind: 'projectFile' },
    'PATCH /project-files/:id': { kind: 'projectFile', body: () => ({ name: 'b.pdf' }) },
    'DELETE /project-files/:id': { kind: 'projectFile' },
    'PATCH /project-views/:id': { kind: 'projectView', body: () => ({ name: 'Seen' }) },
    'DELETE /project-views/:id': { kind: 'projectView' },
    'GET /project-imports/:id': { kind: 'projectImport' },
    'POST /project-imports/:id/preview': { kind: 'projectImport', body: () => ({ mapping: ['petName'] }) },
    'POST /project-imports/:id/start': { kind: 'projectImport', body: () => ({ mapping: ['petName'] }) },
    'GET /project-imports/:id/errors.csv': { kind: 'projectImport' },
    'GET /projects/:id/assets': { kind: 'project' },
    'POST /projects/:id/assets': { kind: 'project' },
    'POST /projects/:id/assets/uploads': {
      kind: 'project',
      body: () => ({ filename: 'a.png', mimeType: 'image/png', sizeBytes: 10, assetType: 'photo' }),
    },
    'GET /assets/:id': { kind: 'asset' },
    'PATCH /assets/:id': { kind: 'asset', body: () => ({ filename: 'b.png' }) },
    'DELETE /assets/:id': { kind: 'asset' },
    'POST /assets/:id/complete': { kind: 'asset' },
    'GET /assets/:id/content': { kind: 'asset' },
    'POST /assets/:id/process': { kind: 'asset' },
    'GET /assets/:id/usage': { kind: 'asset' },
    'GET /assets/:id/versions': { kind: 'asset' },
    'POST /assets/:id/versions': {
      kind: 'asset',
      body: () => ({ filename: 'a.png', mimeType: 'image/png', sizeBytes: 10 }),
    },
    'POST /assets/:id/versions/:number/complete': { kind: 'asset' },
    'POST /assets/:id/versions/:number/restore': { kind: 'asset' },
    'GET /assets/:id/sheet': { kind: 'asset' },
    'POST /assets/:id/redraw': { kind: 'asset', body: () => ({}) },
    'POST /projects/:id/sprites/import': { kind: 'project' },
    'POST /assets/:id/sprites': { kind: 'asset', body: () => ({ size: 32, colors: 8 }) },
    'GET /projects/:id/builds': { kind: 'project' },
    'POST /projects/:id/builds': { kind: 'project', body: () => ({ templateId: 'catcher' }) },
    'POST /projects/:id/builds/upload': { kind: 'project' },
    'GET /builds/:id': { kind: 'build' },
    'POST /builds/:id/preview/revoke': { kind: 'build' },
    'GET /projects/:id/versions': { kind: 'project' },
    'POST /projects/:id/versions': { kind: 'project', body: ({ ids }) => ({ buildId: ids.build }) },
    'GET /versions/:id': { kind: 'waiting' },
    'PATCH /versions/:id': { kind: 'draft', body: () => ({ changelog: 'Seen' }) },
    'POST /versions/:id/send': { kind: 'draft' },
    'POST /versions/:id/decisions': { kind: 'waiting', body: () => ({ decision: 'approve', note: 'Seen' }) },
    'GET /projects/:id/invites': { kind: 'project' },
    'POST /projects/:id/invites': { kind: 'project', body: ({ ids }) => ({ email: `${ids.project}@example.test` }) },
    'POST /invites/:id/resend': { kind: 'projectInvite' },
    'DELETE /invites/:id': { kind: 'projectInvite' },
    'GET /projects/:id/guest-links': { kind: 'project' },
    'POST /projects/:id/guest-links': { kind: 'project', body: () => ({ scope: 'view' }) },
    'GET /guest-links/:id': { kind: 'guestLink' },
    'PATCH /guest-links/:id': { kind: 'guestLink', body: () => ({ label: 'Seen' }) },
    'DELETE /guest-links/:id': { kind: 'guestLink' },
    'GET /guest-links/:id/uses': { kind: 'guestLink' },
    'GET /projects/:id/approval': { kind: 'project' },
    'PATCH /projects/:id/approval': { kind: 'project', body: () => ({ approvers: 'all' }) },
    'GET /projects/:id/messages': { kind: 'project' },
    'POST /projects/:id/messages': { kind: 'project', body: () => ({ body: 'Seen' }) },
    'GET /projects/:id/messages/reads': { kind: 'project' },
    'POST /projects/:id/messages/read': { kind: 'project', body: () => ({ upTo: 1 }) },
    'GET /projects/:id/messages/unread-count': { kind: 'project' },
    'GET /projects/:id/presence': { kind: 'project' },
    'PATCH /messages/:id': { kind: 'message', body: () => ({ body: 'Seen again' }) },
    'DELETE /messages/:id': { kind: 'message' },
    'GET /projects/:id/url-suggestions': { kind: 'project' },
    'POST /projects/:id/urls': { kind: 'project', body: () => ({ slug: 'a-fine-name' }) },
    'GET /urls/:id': { kind: 'url' },
    'PATCH /urls/:id': { kind: 'url', body: () => ({ slug: 'another-fine-name' }) },
    'DELETE /urls/:id': { kind: 'url' },
    'POST /urls/:id/renew': { kind: 'url' },
    'POST /urls/:id/deploy': { kind: 'url', body: ({ ids }) => ({ buildId: ids.build }) },
    'POST /urls/:id/rollback': { kind: 'url' },
    'GET /urls/:id/deployments': { kind: 'url' },
    'GET /urls/:id/deploy-preview': { kind: 'url', query: ({ ids }) => ({ buildId: ids.build }) },
    'GET /urls/:id/qr.svg': { kind: 'url' },
    'GET /urls/:id/qr.png': { kind: 'url' },
    'GET /urls/:id/analytics': { kind: 'url' },
    'GET /urls/:id/analytics.csv': { kind: 'url' },
    'GET /audit/:id': { kind: 'auditEntry' },
    'GET /audit/entities/:entity/:id': { kind: 'audited' },
    'POST /audit/:id/restore/preview': { kind: 'auditEntry', body: () => ({}) },
    'POST /audit/:id/restore': { kind: 'auditEntry', body: () => ({}) },
    'POST /domains/:id/verify': { kind: 'domain' },
    'PATCH /domains/:id': { kind: 'domain', body: () => ({ isPrimary: false }) },
    'DELETE /domains/:id': { kind: 'domain' },
    'GET /identity-providers/:id': { kind: 'identityProvider' },
    'PATCH /identity-providers/:id': { kind: 'identityProvider', body: () => ({ name: 'Seen' }) },
    'DELETE /identity-providers/:id': { kind: 'identityProvider' },
    'POST /identity-providers/:id/verify-domain': { kind: 'identityProvider', body: () => ({ domain: 'a.test' }) },
    'POST /identity-providers/:id/test': { kind: 'identityProvider' },
    'GET /users/:id': { kind: 'user' },
    'PATCH /users/:id': { kind: 'user', body: () => ({ role: 'manager' }) },
    'DELETE /users/:id': { kind: 'invitation' },
    'POST /users/:id/role': { kind: 'user', body: () => ({ role: 'manager' }) },
    'POST /users/:id/second-factor/reset': { kind: 'user' },
    'POST /users/:id/deactivate': { kind: 'user' },
    'POST /users/:id/reactivate': { kind: 'deactivated' },
    'POST /users/:id/resend-invite': { kind: 'invitation' },
    'GET /users/:id/grants': { kind: 'user' },
    'POST /users/:id/grants': {
      kind: 'user',
      body: () => ({ effect: 'allow', permission: 'urls:read', reason: 'Holiday' }),
    },
    'DELETE /users/:id/grants/:grantId': { kind: 'user' },
    'GET /roles/:id': { kind: 'customRole' },
    'PATCH /roles/:id': { kind: 'customRole', body: () => ({ name: 'Seen' }) },
    'DELETE /roles/:id': { kind: 'customRole' },
    'GET /accounts/:id': { kind: 'account' },
    'PATCH /accounts/:id': { kind: 'account', body: () => ({ name: 'Seen' }) },
    'DELETE /accounts/:id': { kind: 'account' },
    'POST /accounts/:id/merge': { kind: 'account', body: ({ ids }) => ({ into: ids.otherAccount }) },
    'GET /accounts/:id/contacts': { kind: 'account' },
    'POST /accounts/:id/contacts': { kind: 'account', body: () => ({ name: 'Seen' }) },
    'PATCH /accounts/:id/contacts/:contactId': { kind: 'account', body: () => ({ name: 'Seen' }) },
    'DELETE /accounts/:id/contacts/:contactId': { kind: 'account' },
    'GET /accounts/:id/members': { kind: 'account' },
    'POST /accounts/:id/invitations': {
      kind: 'account',
      body: ({ ids }) => ({ email: `${ids.account}@example.test`, role: 'member' }),
    },
    'PATCH /accounts/:id/members/:userId': { kind: 'account', body: () => ({ role: 'owner' }) },
    'DELETE /accounts/:id/members/:userId': { kind: 'account' },
    'GET /profiles/:id': { kind: 'profile' },
    'PATCH /profiles/:id': { kind: 'profile', body: () => ({ kind: 'pet', markings: 'Seen' }) },
    'GET /people/exports/:id': { kind: 'personExport' },
    'GET /me/exports/:id': { kind: 'personExport' },
    'GET /people/erasures/:id': { kind: 'erasure' },
    'POST /notifications/:id/read': { kind: 'notification' },
    'POST /notification-deliveries/:id/retry': { kind: 'delivery' },
    'DELETE /me/push-subscriptions/:id': { kind: 'pushSubscription' },
    'GET /projects/:id/mute': { kind: 'project' },
    'POST /projects/:id/mute': { kind: 'project' },
    'DELETE /projects/:id/mute': { kind: 'project' },
    'DELETE /me/sessions/:id': { kind: 'session' },
    'PATCH /me/passkeys/:id': { kind: 'passkey', body: () => ({ name: 'Seen' }) },
    'DELETE /me/passkeys/:id': { kind: 'passkey' },
    'GET /api-keys/:id': { kind: 'apiKey' },
    'DELETE /api-keys/:id': { kind: 'apiKey' },
    'GET /service-accounts/:id': { kind: 'serviceAccount' },
    'POST /service-accounts/:id/deactivate': { kind: 'serviceAccount' },
    'POST /service-accounts/:id/reactivate': { kind: 'serviceAccount' },
  }

export const nameOf = (route: RouteOptions) => `${route.method} ${route.url.replace('/api/v1', '')}`
/** Every route with an id, but the platform's, which are no studio's. */
export const withId = (routes: RouteOptions[]) =>
  routes
    .filter(({ method, url }) => method !== 'HEAD' && url.includes('/:id') && !url.includes('/platform/'))
    .map(nameOf)

/** Asks as somebody for the thing of `world` that the route is about, with a body that its schema takes. */
export function call(api: Api, person: Person, name: string, world: World) {
  const thing = things[name]
  if (!thing) throw new Error(`${name} is not in the walk: add what stands for its id.`)
  const [method, path] = name.split(' ') as [string, string]
  const address = path
    .replace(':id', world.ids[thing.kind])
    .replace(':grantId', world.ids.grant)
    .replace(':contactId', world.ids.contact)
    .replace(':userId', world.ids.accountMember)
    .replace(':number', '1')
    .replace(':entity', 'project')
  const request = api.as(person)[method.toLowerCase() as keyof Requests](address)
  if (name === 'POST /projects/:id/assets')
    return request
      .field('assetType', 'photo')
      .attach('file', Buffer.from('not a picture'), { filename: 'a.png', contentType: 'image/png' })
  if (thing.query) void request.query(thing.query(world))
  return thing.body ? request.send(thing.body(world)) : request
}
