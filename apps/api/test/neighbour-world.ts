import { sha256 } from '../src/core/crypto.ts'
import { newId } from '../src/core/ids.ts'
import type { Api, Person, TestStudio } from './harness.ts'
import { furnishKeys, furnishRights, furnishClients } from './neighbour-people.ts'
import { furnishLinks } from './neighbour-links.ts'
import { furnishConversation, furnishProjectWork } from './neighbour-projects.ts'
import { furnishVersions } from './neighbour-reviews.ts'

/** One of each kind of thing a studio owns; ids by kind. */
export interface World {
  admin: Person
  ids: Record<Kind, string>
}
export type Kind =
  | 'organization'
  | 'project'
  | 'deletedProject'
  | 'asset'
  | 'build'
  | 'url'
  | 'user'
  | 'deactivated'
  | 'invitation'
  | 'notification'
  | 'delivery'
  | 'pushSubscription'
  | 'session'
  | 'passkey'
  | 'identityProvider'
  | 'order'
  | 'orderUpload'
  | 'domain'
  | 'projectFile'
  | 'fileVersion'
  | 'projectView'
  | 'projectImport'
  | 'apiKey'
  | 'serviceAccount'
  | 'customRole'
  | 'grant'
  | 'auditEntry'
  | 'audited'
  | 'account'
  | 'otherAccount'
  | 'contact'
  | 'accountMember'
  | 'accountInvitation'
  | 'draft'
  | 'waiting'
  | 'projectInvite'
  | 'guestLink'
  | 'comment'
  | 'attachment'
  | 'personExport'
  | 'erasure'
  | 'profile'
  | 'message'

const json = JSON.stringify

/** Puts one of each thing into a studio, by the owner's hand: what is under test is who may reach them. */
export async function furnish(api: Api, studio: TestStudio): Promise<World> {
  const { owner, deps } = api
  const org = studio.organizationId
  const admin = await studio.person('admin')
  const colleague = await studio.person('artist')
  const gone = await studio.person('artist')
  const [project, deletedProject, asset, build, url, invitation, notification, account, contact, order, domain] =
    Array.from({ length: 11 }, newId) as string[]
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row)
    const places = columns.map((_, i) => `$${i + 1}`).join(', ')
    return owner.query(`insert into ${table} (${columns.join(', ')}) values (${places})`, Object.values(row))
  }
  const digest = (newId() + newId()).replaceAll('-', '')
  const wishes = json({ difficulty: 'easy', features: [] })
  await owner.query('update memberships set deactivated_at = now() where user_id = $1', [gone.userId])
  await insert('accounts', { organization_id: org, id: account, name: 'Household' })
  await insert('contacts', { organization_id: org, id: contact, account_id: account, name: 'Ann' })
  for (const [id, deletedAt] of [
    [project, null],
    [deletedProject, new Date().toISOString()],
  ] as const)
    await insert('projects', {
      organization_id: org,
      id,
      name: 'Rex',
      pet_name: 'Rex',
      package_type: 'custom',
      game_config: wishes,
      deleted_at: deletedAt,
    })
  await insert('orders', {
    organization_id: org,
    id: order,
    number: `SC${String(order).slice(-12)}`,
    project_id: project,
    account_id: account,
    contact_id: contact,
    consent_version: '1',
    consent_at: new Date().toISOString(),
  })
  const storageKey = `${org}/assets/${asset}/original-0000.png`
  await deps.store.put(storageKey, Buffer.from('picture'), 'image/png')
  await insert('assets', {
    organization_id: org,
    id: asset,
    project_id: project,
    asset_type: 'photo',
    filename: 'a.png',
    original_filename: 'a.png',
    mime_type: 'image/png',
    file_size: 7,
    digest,
    processing_status: 'ready',
    uploaded_at: new Date().toISOString(),
    processed_at: new Date().toISOString(),
  })
  await insert('asset_variants', {
    organization_id: org,
    asset_id: asset,
    variant: 'original',
    storage_key: storageKey,
    mime_type: 'image/png',
    size_bytes: 7,
    digest: sha256('picture'),
  })
  await insert('asset_versions', {
    organization_id: org,
    asset_id: asset,
    number: 1,
    original_filename: 'a.png',
    mime_type: 'image/png',
    file_size: 7,
    digest,
    processing_status: 'ready',
    uploaded_at: new Date().toISOString(),
  })
  await insert('builds', {
    organization_id: org,
    id: build,
    project_id: project,
    number: 1,
    template_id: 'catcher',
    template_version: '1.0.0',
    config: '{}',
    assets: '{}',
    status: 'passed',
    digest,
    size_bytes: 1,
    files: '[]',
  })
  const host = new URL(deps.config.gamesOrigin).host
  const reservedAt = new Date().toISOString()
  await insert('urls', {
    organization_id: org,
    id: url,
    project_id: project,
    host,
    slug: `rex-${String(url).slice(-12)}`,
    reserved_at: reservedAt,
  })
  await insert('game_domains', { organization_id: org, id: domain, domain: `${domain}.example.test`, token: 'x' })
  await insert('invitations', {
    organization_id: org,
    id: invitation,
    email_cipher: deps.crypto.encrypt('x@example.test', 'users.email'),
    email_index: deps.crypto.blindIndex(`${invitation}@example.test`, 'users.email'),
    role: 'artist',
    invited_by: admin.userId,
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
  })
  await insert('notifications', {
    organization_id: org,
    id: notification,
    user_id: admin.userId,
    kind: 'message',
    event_id: newId(),
    data: '{}',
  })
  const passkey = newId()
  await insert('passkeys', {
    id: passkey,
    user_id: admin.userId,
    credential_id: passkey,
    public_key: 'x',
    counter: 0,
    name: 'Key',
  })
  const pushSubscription = newId()
  await insert('push_subscriptions', {
    organization_id: org,
    id: pushSubscription,
    user_id: admin.userId,
    endpoint_index: pushSubscription,
    subscription_cipher: 'x',
    device: 'Browser',
  })
  const delivery = newId()
  await insert('notification_deliveries', {
    organization_id: org,
    id: delivery,
    channel: 'mail',
    key: delivery,
    user_id: admin.userId,
    kind: 'message',
    status: 'failed',
  })
  const orderUpload = newId()
  await insert('upload_tickets', {
    organization_id: org,
    id: orderUpload,
    filename: 'a.png',
    mime_type: 'image/png',
    size_bytes: 7,
    storage_key: `${org}/uploads/${orderUpload}`,
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
  })
  await deps.store.put(`${org}/uploads/${orderUpload}`, Buffer.from('picture'), 'image/png')
  const identityProvider = newId()
  await insert('identity_providers', {
    organization_id: org,
    id: identityProvider,
    kind: 'oidc',
    name: identityProvider,
    issuer: 'https://login.example.test',
    client_id: 'x',
    default_role: 'artist',
  })
  await insert('identity_provider_domains', {
    organization_id: org,
    provider_id: identityProvider,
    domain: 'a.test',
    token: 'x',
  })
  for (const [subject, { userId }] of Object.entries({ x: colleague, y: admin }))
    await insert('external_identities', {
      organization_id: org,
      provider_id: identityProvider,
      subject,
      user_id: userId,
    })
  const ids = {
    organization: org,
    project,
    deletedProject,
    delivery,
    pushSubscription,
    asset,
    build,
    url,
    user: colleague.userId,
    deactivated: gone.userId,
    invitation,
    notification,
    session: admin.sessionId,
    passkey,
    identityProvider,
    order,
    orderUpload,
    domain,
    ...(await furnishVersions(api, org, {
      project: project as string,
      build: build as string,
      digest,
      userId: admin.userId,
    })),
    ...(await furnishConversation(owner, org, project as string, admin.userId)),
    ...(await furnishLinks(api, org, project as string, account as string, admin.userId)),
    ...(await furnishClients(api, studio, admin.userId)),
    ...(await furnishKeys(api, org, admin.userId)),
    ...(await furnishRights(owner, org, colleague.userId, admin.userId)),
    ...(await furnishProjectWork(api, org, project as string, admin.userId)),
  }
  const auditEntry = newId()
  await insert('audit', {
    organization_id: org,
    id: auditEntry,
    action: 'project:updated',
    entity: 'project',
    entity_id: project,
    project_id: project,
    actor_kind: 'user',
    changes: '{}',
    after: json({ id: project, petName: 'Max', deletedAt: null }),
  })
  Object.assign(ids, { auditEntry, audited: project })
  return { admin, ids: ids as World['ids'] }
}
