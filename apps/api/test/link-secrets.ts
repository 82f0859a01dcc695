import { guestScopes, type GuestScope } from '@sparkle/shared/permissions'
import { sha256 } from '../src/core/crypto.ts'
import { signLink } from '../src/core/file-links.ts'
import { signConfirmation, signReset } from '../src/modules/auth/mail-links.service.ts'
import { signInvitation } from '../src/modules/users/invitations.service.ts'
import type { Api, TestStudio } from './harness.ts'
import type { World } from './neighbour-world.ts'

/** What a link may hold. */
export interface Secret {
  name: string
  token: string
  /** The operations that it is for. */
  opens: readonly string[]
}

const lastPart = (url: string) => url.split('/').at(-1) ?? ''

/** One of each, and the tokens of visits by scope. */
export async function makeSecrets(
  api: Api,
  studio: TestStudio,
  world: World,
): Promise<{ secrets: Secret[]; visits: Map<GuestScope, string> }> {
  const { crypto, store, db } = api.deps
  const { ids, admin } = world
  const org = studio.organizationId
  const soon = new Date(Date.now() + 3_600_000)
  const { rows } = await db.$client.query('select email_index, password_version from sys.find_person($1)', [
    admin.userId,
  ])
  const [person] = rows
  const permit = { key: `${org}/uploads/${ids.orderUpload}`, mimeType: 'image/png', sizeBytes: 7 }
  const upload = await store.signUpload({ ...permit, ttlSeconds: 600 })
  const key = await api
    .as(admin)
    .post('/api-keys')
    .send({ name: 'Script', scopes: ['projects:read'] })
  const picture = { assetId: ids.asset, variant: 'original', digest: sha256('picture') } as const
  const visits = new Map<GuestScope, string>()
  const secrets: Secret[] = [
    {
      name: 'an invitation to the team',
      token: signInvitation(crypto, org, { id: ids.invitation, generation: 0 }),
      opens: ['GET /public/invites/:token', 'POST /public/invites/:token/accept'],
    },
    {
      name: 'an invitation to a project',
      token: signInvitation(crypto, org, { id: ids.projectInvite, generation: 0 }),
      opens: ['GET /public/invites/:token', 'POST /public/invites/:token/accept'],
    },
    {
      name: 'an order’s tracking link',
      token: crypto.signToken('tracking', [org, ids.order]),
      opens: ['GET /public/orders/:token', 'POST /public/orders/:token/uploads', 'POST /public/orders/:token/photos'],
    },
    { name: 'a picture’s link', token: lastPart(signLink(crypto, '', org, picture)), opens: ['GET /files/:token'] },
    {
      name: 'a document’s link',
      token: crypto.signToken('project-file', [org, ids.fileVersion], soon),
      opens: ['GET /documents/:token'],
    },
    {
      name: 'an attachment’s link',
      token: crypto.signToken('attachment', [org, ids.attachment], soon),
      opens: ['GET /attachments/:token'],
    },
    {
      name: 'the download of a version',
      token: crypto.signToken('download', [org, ids.grant, ids.waiting], soon),
      opens: ['GET /downloads/:token'],
    },
    {
      name: 'the delivery of a project',
      token: crypto.signToken('delivery', [org, ids.grant, ids.project], soon),
      opens: ['GET /downloads/:token'],
    },
    { name: 'an upload', token: lastPart(upload.url), opens: ['PUT /_uploads/:token'] },
    {
      name: 'an upload in pieces',
      token: crypto.signToken('resumable', [permit.key, permit.mimeType, '7'], soon),
      opens: ['GET /_resumable/:token', 'PUT /_resumable/:token'],
    },
    { name: 'the preview of a build', token: crypto.signToken('preview', [org, ids.build, '0'], soon), opens: [] },
    {
      name: 'the end of a mail',
      token: crypto.signToken('unsubscribe', [org, admin.userId, 'message']),
      opens: ['GET /public/unsubscribe/:token', 'POST /public/unsubscribe/:token', 'PUT /public/unsubscribe/:token'],
    },
    {
      name: 'an export of personal data',
      token: crypto.signToken('person-export', [org, ids.personExport], soon),
      opens: ['GET /public/person-exports/:token'],
    },
    {
      name: 'a new password',
      token: signReset(crypto, admin.userId, person.password_version, new Date().toISOString()),
      opens: ['POST /auth/reset-password/check', 'POST /auth/reset-password'],
    },
    {
      name: 'the proof of a mailbox',
      token: signConfirmation(crypto, admin.userId, person.email_index, new Date().toISOString()),
      opens: ['POST /auth/confirm-email'],
    },
    { name: 'the beginning of an API key', token: key.body.token.slice(0, 15), opens: [] },
  ]
  for (const scope of guestScopes) {
    const link = await api.as(admin).post(`/projects/${ids.project}/guest-links`).send({ scope }).expect(201)
    const token = lastPart(link.body.url)
    secrets.push({
      name: `a review link to ${scope}`,
      token,
      opens: ['GET /public/reviews/:token', 'POST /public/reviews/:token'],
    })
    const visit = await api.as(null).post(`/public/reviews/${token}`).send({ name: 'Granny' }).expect(200)
    visits.set(scope, visit.body.token)
  }
  return { secrets, visits }
}
