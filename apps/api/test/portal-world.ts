import { bundleKey } from '../src/core/bundle-key.ts'
import { sha256 } from '../src/core/crypto.ts'
import { newId } from '../src/core/ids.ts'
import { inTenant } from '../src/core/in-tenant.ts'
import { emit } from '../src/core/outbox.ts'
import { type GuestScope, guestScopes } from '@sparkle/shared/permissions'
import { contactColumns } from '../src/modules/projects/contact-data.service.ts'
import { type Api, type Person, startApi, type TestStudio } from './harness.ts'
import { furnish, type World } from './neighbour-world.ts'

/** What is the studio's own business, each under a word that stands nowhere else. */
export const secret = {
  notes: 'zq7-internal-note',
  budgetHours: '730915.25',
  estimatedHours: '730925.25',
  actualHours: '730935.25',
  draft: 'zq7-draft-changelog',
  draftDocument: 'zq7-document-name',
  draftComment: 'zq7-said-of-a-draft',
  draftFile: 'zq7-file-on-a-draft.txt',
  early: 'zq7-said-before-it-was-sent',
  reason: 'zq7-override-reason',
  comment: 'zq7-internal-comment',
  innerReply: 'zq7-reply-to-an-internal-comment',
  aside: 'zq7-internal-reply-in-a-thread',
  innerFile: 'zq7-internal-file.txt',
  innerBytes: 'zq7-bytes-of-an-internal-file',
  linkLabel: 'zq7-link-label',
  viewName: 'zq7-saved-view',
  keyName: 'zq7-key-name',
  grantReason: 'zq7-grant-reason',
  notice: 'zq7-notice-among-colleagues',
}

/** To whom the studio writes about orders and games. */
export const customer = 'ann@example.test'

export interface Portal {
  api: Api
  studio: TestStudio
  world: World
  manager: Person
  artist: Person
  /** An owner and a member of the account whose project it is. */
  clients: Person[]
  guests: Map<GuestScope, { person: Person; linkToken: string }>
  /** Every secret and the addresses of the team, by name. */
  markers: Record<string, string>
  /** The names of those that a text holds. */
  leaked(text: string): string[]
}

/** A studio in the middle of a review, with a secret wherever one is kept. */
export async function openPortal(): Promise<Portal> {
  const api = await startApi({ RATE_LIMIT_PER_MINUTE: '10000000' })
  const studio = await api.studio()
  const world = await furnish(api, studio)
  const [manager, artist] = [await studio.person('manager'), await studio.person('artist')]
  const clients = [await studio.person('owner'), await studio.person('member')]
  const markers = { ...secret, manager: manager.email, artist: artist.email, admin: world.admin.email }
  const leaked = (text: string) =>
    Object.entries(markers).flatMap(([name, value]) => (text.includes(value) ? [name] : []))
  const portal = { api, studio, world, manager, artist, clients, markers, leaked }
  await ownProject(portal)
  await fillFiles(portal)
  await talk(portal)
  await happen(portal)
  return { ...portal, guests: await letGuestsIn(portal) }
}
type Bare = Omit<Portal, 'guests'>

/** The project becomes the clients' own, and what is kept beside the review gets its marker. */
async function ownProject({ api: { owner, deps }, world: { ids }, clients, artist }: Bare): Promise<void> {
  await owner.query('update memberships set account_id = $2 where user_id = any($1)', [
    clients.map(({ userId }) => userId),
    ids.account,
  ])
  await owner.query(
    `update projects set account_id = $2, assigned_artist_id = $3, notes = $4, budget_hours = $5, estimated_hours = $6,
       actual_hours = $7, status = 'review', pet_profile_id = $8, customer_email_cipher = $9 where id = $1`,
    [
      ids.project,
      ids.account,
      artist.userId,
      secret.notes,
      secret.budgetHours,
      secret.estimatedHours,
      secret.actualHours,
      ids.profile,
      contactColumns(deps.crypto, { customerEmail: customer }).customerEmailCipher,
    ],
  )
  await owner.query('update profiles set account_id = $2 where id = $1', [ids.profile, ids.account])
  await owner.query('update deliverable_versions set changelog = $2 where id = $1', [ids.draft, secret.draft])
  await owner.query('update project_files set name = $2 where id = $1', [ids.projectFile, secret.draftDocument])
  await owner.query('update project_file_versions set filename = $2 where id = $1', [
    ids.fileVersion,
    secret.draftDocument,
  ])
  // Its keys are made up: nothing could be pushed to it.
  await owner.query('delete from push_subscriptions where id = $1', [ids.pushSubscription])
  await owner.query('update project_views set name = $2 where id = $1', [ids.projectView, secret.viewName])
  await owner.query('update api_keys set name = $2 where id = $1', [ids.apiKey, secret.keyName])
  await owner.query('update permission_grants set reason = $2 where id = $1', [ids.grant, secret.grantReason])
}

/** Bytes for what can be looked at and taken along. */
async function fillFiles({ api: { owner, deps }, studio: { organizationId: org }, world: { ids } }: Bare) {
  const page = { path: 'index.html', mimeType: 'text/html', sizeBytes: 4, digest: sha256('game') }
  const { rows } = await owner.query('update builds set files = $2 where id = $1 returning digest', [
    ids.build,
    JSON.stringify([page]),
  ])
  await deps.store.put(bundleKey(org, rows[0].digest, page), Buffer.from('game'), page.mimeType)
  await owner.query('update assets set digest = $2 where id = $1', [ids.asset, sha256('picture')])
  await owner.query(
    `insert into asset_variants (organization_id, asset_id, variant, storage_key, mime_type, size_bytes, digest)
     select organization_id, asset_id, 'web', storage_key, mime_type, size_bytes, digest from asset_variants where asset_id = $1`,
    [ids.asset],
  )
  await owner.query('update project_file_versions set digest = $2 where id = $1', [ids.fileVersion, sha256('contract')])
}

/** A document that customers may see, by the owner's hand. */
async function addDocument({ api: { owner, deps }, studio: { organizationId: org }, world: { ids } }: Bare) {
  const [file, version] = [newId(), newId()]
  await deps.store.put(`${org}/documents/${version}`, Buffer.from('care'), 'application/pdf')
  await owner.query(
    `insert into project_files (organization_id, id, project_id, name, current_number) values ($1, $2, $3, 'care.pdf', 1)`,
    [org, file, ids.project],
  )
  await owner.query(
    `insert into project_file_versions (organization_id, id, file_id, number, filename, mime_type, size_bytes, storage_key, digest, arrived_at)
     values ($1, $2, $3, 1, 'care.pdf', 'application/pdf', 4, $4, $5, now())`,
    [org, version, file, `${org}/documents/${version}`, sha256('care')],
  )
  return version
}

/** What is said and sent: aloud on what the customer has, inside beside it, and on drafts. */
async function talk(portal: Bare): Promise<void> {
  const { api, world, manager, artist } = portal
  const { ids } = world
  const post = (person: Person, path: string, body: object, status = 201) =>
    api.as(person).post(path).send(body).expect(status)
  const say = async (person: Person, versionId: string, body: object): Promise<string> =>
    (await post(person, `/versions/${versionId}/comments`, body)).body.id
  const attach = async (filename: string, bytes: string): Promise<string> => {
    const form = { filename, contentType: 'text/plain' }
    const made = await api
      .as(manager)
      .post(`/projects/${ids.project}/attachments`)
      .attach('file', Buffer.from(bytes), form)
    return made.body.id
  }
  const draft = async (source: object): Promise<string> =>
    (await post(manager, `/projects/${ids.project}/versions`, source)).body.id

  const aloud = await say(manager, ids.waiting, {
    body: 'For all to read',
    attachmentIds: [await attach('open.txt', 'words')],
  })
  const inside = await say(manager, ids.waiting, {
    body: secret.comment,
    internal: true,
    mentions: [artist.userId],
    attachmentIds: [await attach(secret.innerFile, secret.innerBytes)],
  })
  await say(artist, ids.waiting, { body: secret.innerReply, parentId: inside })
  await say(artist, ids.waiting, { body: secret.aside, parentId: aloud, internal: true })
  const picture = await draft({ assetId: ids.asset, changelog: 'A new picture' })
  await say(artist, picture, { body: secret.early })
  await post(manager, `/versions/${picture}/send`, {}, 200)
  const document = await draft({ fileVersionId: await addDocument(portal) })
  await post(manager, `/versions/${document}/send`, {}, 200)
  await draft({ fileVersionId: ids.fileVersion })
  await say(manager, ids.draft, {
    body: secret.draftComment,
    attachmentIds: [await attach(secret.draftFile, 'words')],
  })
  await post(manager, `/projects/${ids.project}/messages`, { body: 'A word to the customer' })
  await post(manager, `/projects/${ids.project}/invites`, { email: 'granny@example.test' })
  await post(manager, '/notifications', { userId: world.admin.userId, message: secret.notice })
}

/** Events whose data are the studio's own, as other modules write them. */
async function happen({ api, studio, world: { ids } }: Bare): Promise<void> {
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
  const { reason, draftDocument: filename } = secret
  const about = { projectId: ids.project, data: { reason, slug: 'rex', petName: 'Rex', filename } }
  await inTenant(api.deps.db, actor, async (tx) => {
    for (const type of ['url:approval:overridden', 'project:file:added', 'version:drafted'] as const)
      await emit(tx, actor, type, about)
    for (const type of ['order:received', 'url:deployed'] as const)
      await emit(tx, actor, type, { projectId: ids.project, data: { slug: 'rex', petName: 'Rex' } })
  })
}

async function letGuestsIn({ api, world, manager }: Bare): Promise<Portal['guests']> {
  const guests: Portal['guests'] = new Map()
  for (const scope of guestScopes) {
    const link = await api
      .as(world.admin)
      .post(`/projects/${world.ids.project}/guest-links`)
      .send({ scope, mayDownload: true, label: secret.linkLabel })
      .expect(201)
    const linkToken = String(link.body.url.split('/r/')[1])
    const visit = await api.as(null).post(`/public/reviews/${linkToken}`).send({ name: 'Granny' }).expect(200)
    guests.set(scope, { linkToken, person: { ...manager, token: visit.body.token } })
  }
  return guests
}
