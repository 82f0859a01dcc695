import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../test/harness.ts'
import type { SystemActor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { newId } from './ids.ts'
import { inTenant } from './in-tenant.ts'
import { destroyPersonKey, isSealed, openerOf, openPersonal, sealPersonal } from './person-vault.ts'
import { updateProject } from '../modules/projects/projects.queries.ts'
import { snapshotShapes } from './snapshot-shapes.ts'

let api: Api
let studio: TestStudio
let manager: Person
let actor: SystemActor
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' }
})
afterAll(() => api.close())

interface Recorded {
  id: string
  action: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  changes: Record<string, unknown>
  project_id: string | null
}

async function recordsOf(entityId: string): Promise<Recorded[]> {
  const { rows } = await api.owner.query<Recorded>(
    'select id, action, before, after, changes, project_id from audit where entity_id = $1 order by id',
    [entityId],
  )
  return rows
}

async function makeProject(): Promise<string> {
  const made = await api
    .as(manager)
    .post('/projects')
    .send({
      petName: 'Buttercup',
      packageType: 'custom',
      customerName: 'Maria Novak',
      customerEmail: 'maria@example.test',
      gameConfig: { theme: 'garden', difficulty: 'easy', features: [] },
    })
  expect(made.status, made.text).toBe(201)
  return made.body.id as string
}

test('every change carries the whole row before and after, without anybody having to hand it over', async () => {
  const id = await makeProject()
  await api.as(manager).patch(`/projects/${id}`).send({ priority: 'high', notes: 'Ring at the back door' }).expect(200)
  await api.as(manager).post(`/projects/${id}/status`).send({ status: 'in_progress' }).expect(200)
  await api.as(manager).delete(`/projects/${id}`).expect(204)

  const records = await recordsOf(id)
  expect(records.map((record) => record.action)).toEqual([
    'project:created',
    'project:updated',
    'project:status:changed',
    'project:deleted',
  ])
  expect(records.map(({ before, after }) => [before?.['priority'], after?.['priority']])).toEqual([
    [undefined, 'normal'],
    ['normal', 'high'],
    ['high', 'high'],
    ['high', 'high'],
  ])
  const [created, , moved, deleted] = records
  expect(created).toMatchObject({ before: null, project_id: id })
  expect([moved?.before?.['status'], moved?.after?.['status']]).toEqual(['backlog', 'in_progress'])
  expect([deleted?.before?.['deletedAt'], deleted?.after?.['deletedAt']]).toEqual([
    null,
    expect.stringMatching(/\.\d{6}Z$/),
  ])
})

test('nothing personal is legible in the record, and the person’s key opens it until it is destroyed', async () => {
  const id = await makeProject()
  await api.as(manager).patch(`/projects/${id}`).send({ customerName: 'Maria Kowalska' }).expect(200)
  const records = await recordsOf(id)
  expect(JSON.stringify(records)).not.toMatch(/maria|novak|kowalska|buttercup/i)
  const { before, after, changes } = records[1] as Recorded
  expect(Object.keys(after ?? {})).not.toContain('customerEmailIndex')
  // What did not change is the same ciphertext on both sides, so that a diff needs no key.
  expect(after?.['customerEmail']).toEqual(before?.['customerEmail'])
  expect(after?.['customerName']).not.toEqual(before?.['customerName'])

  const open = (value: unknown) =>
    inTenant(api.deps.db, actor, async (tx) => (isSealed(value) ? openPersonal(tx, api.deps.crypto, value) : 'clear'))
  expect(await open(before?.['customerName'])).toBe('Maria Novak')
  expect(await open((changes['customerName'] as unknown[])[1])).toBe('Maria Kowalska')
  expect(await open(after?.['customerEmail'])).toBe('maria@example.test')

  await inTenant(api.deps.db, actor, (tx) => destroyPersonKey(tx, id))
  expect(await open(before?.['customerName'])).toBeNull()
  await api.as(manager).patch(`/projects/${id}`).send({ customerName: 'Somebody Else' }).expect(200)
  expect((await recordsOf(id))[2]?.after?.['customerName']).toEqual({ sealed: null, subject: id })
})

test('two records of one transaction go on from one another, and a record without a change has no rows', async () => {
  const id = await makeProject()
  const member = await studio.person('artist')
  await inTenant(api.deps.db, actor, async (tx) => {
    await updateProject(tx, id, { petAge: 'One' })
    await updateProject(tx, id, { petAge: 'Two' })
    await recordAudit(tx, actor, 'project:updated', { entity: 'project', id })
    await updateProject(tx, id, { assignedArtistId: member.userId })
    await recordAudit(tx, actor, 'project:assigned', { entity: 'project', id })
    await recordAudit(tx, actor, 'project:exported', { entity: 'project', id })
  })
  const [, updated, assigned, exported] = await recordsOf(id)
  expect([updated?.before?.['petAge'], updated?.after?.['petAge']]).toEqual(['', 'Two'])
  expect([assigned?.before?.['petAge'], assigned?.after?.['assignedArtistId']]).toEqual(['Two', member.userId])
  expect(exported).toMatchObject({ before: null, after: null })
})

test('a sealed value belongs to its person and its studio', async () => {
  const [one, other] = [newId(), newId()]
  const neighbour = await api.studio()
  const sealed = await inTenant(api.deps.db, actor, async (tx) => {
    await sealPersonal(tx, api.deps.crypto, other, 'x')
    return sealPersonal(tx, api.deps.crypto, one, { phone: '+49 30 123' })
  })
  const openAs = (organizationId: string, subject: string) =>
    inTenant(api.deps.db, { ...actor, organizationId }, (tx) =>
      openPersonal(tx, api.deps.crypto, { ...sealed, subject }),
    )
  expect(await openAs(studio.organizationId, one)).toEqual({ phone: '+49 30 123' })
  await expect(openAs(studio.organizationId, other)).rejects.toThrow()
  expect(await openAs(neighbour.organizationId, one)).toBeNull()
})

test('two transactions that need a first key at once agree on one', async () => {
  const subject = newId()
  const sealed = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      inTenant(api.deps.db, actor, (tx) => sealPersonal(tx, api.deps.crypto, subject, i)),
    ),
  )
  const opened = await inTenant(api.deps.db, actor, async (tx) => {
    const open = await openerOf(tx, api.deps.crypto, [subject])
    return sealed.map(open)
  })
  expect(opened).toEqual([0, 1, 2, 3, 4, 5])
})

test('the database notes what the shapes say, and never a secret', async () => {
  const { rows } = await api.owner.query<{ table: string; id: string; hidden: string; kinds: string }>(`
    select tgrelid::regclass::text as table, split_part(encode(tgargs, 'escape'), '\\000', 1) as id,
      split_part(encode(tgargs, 'escape'), '\\000', 2) as hidden, string_agg(tgname, ' ' order by tgname) as kinds
    from pg_trigger where tgfoid = 'sys.note_change'::regproc group by 1, 2, 3`)
  const shapes = Object.values(snapshotShapes).filter((shape) => shape !== null)
  const wanted = shapes.map(({ table, idColumn, columns }) => ({
    table,
    id: idColumn,
    kinds: 'note_delete note_insert note_update',
    hidden: Object.keys(columns)
      .filter((column) => ['left', 'secret'].includes(String(columns[column]?.rule)))
      .sort(),
  }))
  const byTable = (a: { table: string }, b: { table: string }) => (a.table < b.table ? -1 : 1)
  expect(rows.map((row) => ({ ...row, hidden: row.hidden.split(',').sort() })).sort(byTable)).toEqual(
    wanted.sort(byTable),
  )
})
