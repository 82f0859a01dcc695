import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditDetail, AuditEntry, AuditField } from '@sparkle/shared/audit'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { destroyPersonKey } from '../../core/person-vault.ts'
import { relayOrganization } from '../../jobs/relay.ts'

let api: Api
let studio: TestStudio
let admin: Person
let manager: Person
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  ;[admin, manager] = await Promise.all([studio.person('admin'), studio.person('manager')])
})
afterAll(() => api.close())

async function makeProject(fields: Record<string, unknown> = {}): Promise<string> {
  const made = await api
    .as(manager)
    .post('/projects')
    .send({ petName: 'Buttercup', customerName: 'Maria Novak', customerEmail: 'maria@example.test', ...fields })
  expect(made.status, made.text).toBe(201)
  return made.body.id as string
}

const entriesOf = async (projectId: string, query = ''): Promise<AuditEntry[]> => {
  const reply = await api.as(admin).get(`/audit?projectId=${projectId}&limit=100${query}`)
  expect(reply.status, reply.text).toBe(200)
  return reply.body.items as AuditEntry[]
}
async function latest(projectId: string, action: string): Promise<AuditEntry> {
  const [entry] = await entriesOf(projectId, `&action=${action}`)
  if (!entry) throw new Error(`no ${action}`)
  return entry
}
const detailOf = async (id: string, query = '') =>
  (await api.as(admin).get(`/audit/${id}${query}`).expect(200)).body as AuditDetail
const field = (detail: { fields: AuditField[] }, name: string) => detail.fields.find((one) => one.name === name)

test('lists what was done, filtered and page by page, and only to those who may read it', async () => {
  const id = await makeProject()
  await api.as(manager).patch(`/projects/${id}`).set('user-agent', 'walker/1').send({ petName: 'Bubbles' }).expect(200)
  await api.as(admin).post(`/projects/${id}/status`).send({ status: 'in_progress' }).expect(200)
  await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)

  const entries = await entriesOf(id)
  expect(entries.map((entry) => entry.action)).toEqual(['project:status:changed', 'project:updated', 'project:created'])
  expect(entries[1]).toMatchObject({
    entity: 'project',
    entityId: id,
    actor: { kind: 'user', id: manager.userId },
    userAgent: 'walker/1',
    seq: expect.any(Number),
    subject: { name: null, number: null, project: 'Bubbles' },
  })
  expect(entries[1]?.changed).toEqual(expect.arrayContaining(['petName', 'version']))

  const count = async (query: string) => (await entriesOf(id, query)).length
  expect(await count(`&actor=${admin.userId}`)).toBe(1)
  expect(await count('&entity=project&q=status')).toBe(1)
  expect(await count(`&from=${new Date(Date.now() - 60_000).toISOString()}`)).toBe(3)
  expect(await count(`&to=${new Date(Date.now() - 60_000).toISOString()}`)).toBe(0)
  const first = await api.as(admin).get(`/audit?projectId=${id}&limit=2&include=total`).expect(200)
  expect(first.body.total).toBe(3)
  const second = await api.as(admin).get(`/audit?projectId=${id}&limit=2&cursor=${first.body.nextCursor}`).expect(200)
  expect(second.body).toMatchObject({ items: [{ action: 'project:created' }], nextCursor: null })

  await api.as(admin).post(`/projects/${id}/urls`).send({ slug: 'bubbles-pond' }).expect(201)
  const [reserved] = await entriesOf(id, '&entity=url')
  expect(reserved?.subject).toEqual({ name: '/bubbles-pond/', number: null, project: 'Bubbles' })

  for (const path of [
    '/audit',
    `/audit/${entries[0]?.id}`,
    '/audit/verify',
    '/audit/export',
    `/audit/entities/project/${id}`,
  ])
    expect((await api.as(manager).get(path)).status, path).toBe(403)
  const neighbour = await (await api.studio()).person('admin')
  await api.as(neighbour).get(`/audit/${entries[0]?.id}`).expect(404)
  await api.as(neighbour).get(`/audit/entities/project/${id}`).expect(404)
  await api.as(neighbour).post(`/audit/${entries[0]?.id}/restore`).send({}).expect(404)
})

test('shows the row before and after; personal values open by a right of its own, on record, until erased', async () => {
  const id = await makeProject()
  await api
    .as(manager)
    .patch(`/projects/${id}`)
    .send({ petBreed: 'Poodle', petName: 'Bubbles', customerName: 'Maria Kowalska' })
    .expect(200)
  const entry = await latest(id, 'project:updated')

  const closed = await detailOf(entry.id)
  expect(field(closed, 'petBreed')).toEqual({
    name: 'petBreed',
    state: 'plain',
    changed: true,
    before: '',
    after: 'Poodle',
  })
  expect(field(closed, 'petName')).toMatchObject({ state: 'sealed', changed: true, before: null, after: null })
  expect(field(closed, 'customerName')).toMatchObject({ state: 'sealed', changed: true, before: null, after: null })
  expect(field(closed, 'customerEmail')).toMatchObject({ state: 'sealed', changed: false })
  expect(await entriesOf(id, '&action=personal:read')).toEqual([])

  const opened = await detailOf(entry.id, '?personal=true')
  await detailOf(entry.id, '?personal=true')
  expect(field(opened, 'customerName')).toMatchObject({
    state: 'opened',
    before: 'Maria Novak',
    after: 'Maria Kowalska',
  })
  expect(await entriesOf(id, '&action=personal:read')).toMatchObject([{ actor: { id: admin.userId } }])

  const history = await api.as(admin).get(`/audit/entities/project/${id}`).expect(200)
  expect(history.body.items[1]).toMatchObject({ action: 'project:updated' })
  expect(history.body.items[1].fields.map((one: AuditField) => one.name)).toEqual(
    expect.arrayContaining(['petName', 'customerName']),
  )

  await inTenant(api.deps.db, { kind: 'system', organizationId: studio.organizationId, job: 'test' }, (tx) =>
    destroyPersonKey(tx, id),
  )
  expect(field(await detailOf(entry.id, '?personal=true'), 'customerName')).toMatchObject({
    state: 'erased',
    before: null,
  })
})

test('a reading of contact data is on record once an hour for each person, and nothing else is', async () => {
  const id = await makeProject()
  for (const person of [manager, manager, admin]) await api.as(person).get(`/projects/${id}`).expect(200)
  expect((await entriesOf(id, '&action=personal:read')).map((entry) => entry.actor.id)).toEqual([
    admin.userId,
    manager.userId,
  ])
  const silent = await makeProject({ customerEmail: undefined })
  await api.as(manager).get(`/projects/${silent}`).expect(200)
  expect(await entriesOf(silent, '&action=personal:read')).toEqual([])
})

test('exports what a filter finds, safe for spreadsheets, and says so on record', async () => {
  const id = await makeProject()
  await api
    .as(manager)
    .patch(`/projects/${id}`)
    .set('user-agent', '=HYPERLINK("x")')
    .send({ petBreed: 'B' })
    .expect(200)
  const csv = await api.as(admin).get(`/audit/export?projectId=${id}&format=csv`).buffer(true).expect(200)
  expect(csv.text.split('\r\n')).toHaveLength(4)
  expect(csv.text).toContain(`"'=HYPERLINK(""x"")"`)
  const lines = (await api.as(admin).get(`/audit/export?projectId=${id}&format=ndjson`).buffer(true).expect(200)).text
  const parsed = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string; after: { petBreed: string } })
  expect(parsed.map((one) => [one.action, one.after.petBreed])).toEqual([
    ['project:updated', 'B'],
    ['project:created', ''],
  ])
  expect(csv.text + lines).not.toMatch(/maria|buttercup/i)
  const exported = await api.as(admin).get('/audit?action=audit:exported').expect(200)
  expect(exported.body.items).toHaveLength(2)
})

test('brings a project back, as far as that is legal, through its own writes', async () => {
  const artist = await studio.person('artist')
  const id = await makeProject({ notes: 'Ring twice', deadline: '2027-01-10' })
  await api.as(manager).post(`/projects/${id}/assign`).send({ userId: artist.userId }).expect(200)
  await api
    .as(manager)
    .patch(`/projects/${id}`)
    .send({ petName: 'Bubbles', customerEmail: 'other@example.test', notes: '', deadline: null })
    .expect(200)
  const entry = await latest(id, 'project:updated')
  await api.as(manager).post(`/projects/${id}/assign`).send({ userId: null }).expect(200)
  await api.as(manager).post(`/projects/${id}/status`).send({ status: 'in_progress' }).expect(200)
  await api.as(manager).post(`/projects/${id}/status`).send({ status: 'review' }).expect(200)

  const restore = (state: string, ifMatch?: string) => {
    const call = api.as(admin).post(`/audit/${entry.id}/restore`).send({ state })
    return ifMatch ? call.set('if-match', ifMatch) : call
  }
  const preview = await api.as(admin).post(`/audit/${entry.id}/restore/preview`).send({ state: 'before' }).expect(200)
  expect(preview.body).toMatchObject({ entity: 'project', entityId: id, effects: ['assignee_told'] })
  expect(preview.body.kept).toEqual([{ field: 'status', reason: 'move_not_legal' }])
  const steps = preview.body.steps as { field: string; from: unknown; to: unknown }[]
  expect(steps.map((step) => step.field).sort()).toEqual([
    'assignedArtistId',
    'customerEmail',
    'deadline',
    'notes',
    'petName',
  ])
  expect(steps.find((step) => step.field === 'customerEmail')).toMatchObject({
    from: 'other@example.test',
    to: 'maria@example.test',
  })
  expect((await api.as(manager).get(`/projects/${id}`)).body.petName).toBe('Bubbles')

  expect((await restore('before', '"v1"')).status).toBe(412)
  const done = await restore('before', `"v${preview.body.version}"`).expect(200)
  expect(done.body.restored).toHaveLength(5)
  const project = (await api.as(manager).get(`/projects/${id}`)).body
  expect(project).toMatchObject({
    petName: 'Buttercup',
    customerEmail: 'maria@example.test',
    notes: 'Ring twice',
    deadline: '2027-01-10',
    assignedArtistId: artist.userId,
    status: 'review',
    version: done.body.version,
  })
  expect((await entriesOf(id)).slice(0, 4).map((one) => one.action)).toEqual(
    expect.arrayContaining(['audit:restored', 'project:assigned', 'project:updated']),
  )
  expect((await restore('before')).body.code).toBe('audit.nothing_to_restore')

  await api.as(manager).delete(`/projects/${id}`).expect(204)
  const back = await restore('before').expect(200)
  expect(back.body.restored).toEqual(['deletedAt'])
  await api.as(manager).get(`/projects/${id}`).expect(200)

  const reading = await latest(id, 'personal:read')
  expect((await api.as(admin).post(`/audit/${reading.id}/restore`).send({})).body.code).toBe('audit.not_restorable')
})

test('brings the settings of the studio and an address back', async () => {
  await api.as(admin).patch('/organizations/current').send({ tagline: 'First', accent: '#112233' }).expect(200)
  await api.as(admin).patch('/organizations/current').send({ tagline: 'Second' }).expect(200)
  const settings = (await api.as(admin).get('/audit?action=studio:updated').expect(200)).body.items as AuditEntry[]
  const done = await api.as(admin).post(`/audit/${settings[0]?.id}/restore`).send({ state: 'before' }).expect(200)
  expect(done.body.restored).toEqual(['tagline'])
  expect((await api.as(admin).get('/organizations/current')).body.tagline).toBe('First')

  const id = await makeProject()
  const slug = `rex-${id.slice(-8)}`
  const url = (await api.as(manager).post(`/projects/${id}/urls`).send({ slug }).expect(201)).body.id as string
  await api
    .as(manager)
    .patch(`/urls/${url}`)
    .send({ slug: `${slug}-two`, indexable: false })
    .expect(200)
  const reserved = await latest(id, 'url:reserved')
  const preview = await api.as(admin).post(`/audit/${reserved.id}/restore/preview`).send({}).expect(200)
  expect(preview.body).toMatchObject({ effects: ['address_moves'], kept: [] })
  await api.as(admin).post(`/audit/${reserved.id}/restore`).send({}).expect(200)
  expect((await api.as(manager).get(`/urls/${url}`)).body).toMatchObject({ slug, indexable: true })

  // Somebody else has the old name meanwhile: it stays, and the preview says why.
  await api
    .as(manager)
    .patch(`/urls/${url}`)
    .send({ slug: `${slug}-three` })
    .expect(200)
  const other = await makeProject()
  await api.as(manager).post(`/projects/${other}/urls`).send({ slug }).expect(201)
  const taken = await api.as(admin).post(`/audit/${reserved.id}/restore/preview`).send({}).expect(200)
  expect(taken.body).toMatchObject({ steps: [], kept: [{ field: 'slug', reason: 'address_taken' }] })
})

test('brings back nothing that somebody may not change by hand', async () => {
  const clerk = await studio.person('manager')
  const role = await api
    .as(admin)
    .post('/roles')
    .send({ name: 'Clerks', baseRole: 'manager', permissions: ['projects:read', 'projects:update', 'audit:restore'] })
  await api.as(admin).post(`/users/${clerk.userId}/role`).send({ roleId: role.body.id }).expect(200)
  await api.as(admin).patch('/organizations/current').send({ tagline: 'Third' }).expect(200)
  const settings = (await api.as(admin).get('/audit?action=studio:updated').expect(200)).body.items as AuditEntry[]
  const id = await makeProject()
  await api.as(manager).patch(`/projects/${id}`).send({ petName: 'Bubbles' }).expect(200)
  const renamed = await latest(id, 'project:updated')
  const restore = (entry: string | undefined, state = 'before') =>
    api.as(clerk).post(`/audit/${entry}/restore`).send({ state })

  await expect.poll(async () => (await restore(renamed.id)).status).toBe(200)
  const refused = await restore(settings[0]?.id)
  expect([refused.status, refused.body.detail]).toEqual([403, 'This needs the permission studio:update.'])
  await api.as(manager).delete(`/projects/${id}`).expect(204)
  expect((await restore(renamed.id)).body.detail).toBe('This needs the permission projects:delete.')
  expect((await api.as(admin).get('/organizations/current')).body.tagline).toBe('Third')
})

test('answers whether the chain holds, with its head', async () => {
  await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
  const chain = await api.as(admin).get('/audit/verify').expect(200)
  expect(chain.body).toMatchObject({
    intact: true,
    fault: null,
    head: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(chain.body.verifiedSeals).toBe(chain.body.head.seq)
})
