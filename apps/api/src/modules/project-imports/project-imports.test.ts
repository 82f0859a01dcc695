import type { ImportPreview, ImportView } from '@sparkle/shared/project-imports'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { startWorker, type Worker } from '../../jobs/worker.ts'
import { runImport } from './import-job.ts'

let api: Api
let worker: Worker
let studio: TestStudio
let manager: Person
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  api = await startApi()
  worker = await startWorker(api.deps, { databaseUrl: api.appUrl, log })
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(async () => {
  await worker.stop()
  await api.close()
})

async function upload(content: string | Buffer, person = manager): Promise<ImportView> {
  const reply = await api.as(person).post('/project-imports').attach('file', Buffer.from(content), 'pets.csv')
  expect(reply.status, reply.text).toBe(201)
  return reply.body
}
const post = (view: ImportView, verb: string, body: object, person = manager) =>
  api.as(person).post(`/project-imports/${view.id}/${verb}`).send(body)

/** Waits until the worker is through with it. */
async function finished(view: ImportView, person = manager): Promise<ImportView> {
  let latest = view
  const read = async () => {
    latest = (await api.as(person).get(`/project-imports/${view.id}`)).body
    return latest.finishedAt
  }
  await expect.poll(read, { timeout: 30_000, interval: 100 }).not.toBeNull()
  return latest
}
const list = async (person: Person, query = '') =>
  (await api.as(person).get(`/projects?limit=100&sort=petName&${query}`)).body.items as Record<string, unknown>[]

const messy = [
  'Pet;Customer;E-Mail;Due date;Prio;Budget;Colour',
  'Ada;Ann;ann@example.test;3.4.2027;High;2,5;red',
  ';Bob;;;;;',
  'Cleo;;not an address;31.2.2027;soon;many;',
  "'=Dot;;;2027-05-01;;1:30;",
].join('\n')

test('faults are named by row and column; the valid rows come in, the others are in errors.csv', async () => {
  const view = await upload(messy)
  expect(view).toMatchObject({ delimiter: ';', rowCount: 4, status: 'draft', columns: expect.arrayContaining(['Pet']) })
  expect(view.mapping).toEqual([
    'petName',
    'customerName',
    'customerEmail',
    'deadline',
    'priority',
    'budgetHours',
    null,
  ])
  const preview: ImportPreview = (await post(view, 'preview', { mapping: view.mapping })).body
  expect(preview).toMatchObject({ rowCount: 4, validCount: 2, faultyCount: 2 })
  expect(preview.faults.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '3 Pet',
    '4 Budget',
    '4 E-Mail',
    '4 Prio',
    '4 Due date',
  ])
  expect(preview.rows.map(({ petName, deadline }) => [petName, deadline])).toEqual([
    ['Ada', '2027-04-03'],
    ['=Dot', '2027-05-01'],
  ])
  const errors = await api.as(manager).get(`/project-imports/${view.id}/errors.csv`)
  expect(errors.text.trimEnd().split('\r\n')).toHaveLength(3)
  expect(errors.text).toContain('A pet needs a name.')

  const all = await post(view, 'start', { mapping: view.mapping, mode: 'all' })
  expect([all.status, all.body.code]).toEqual([409, 'import.has_faults'])
  expect((await post(view, 'start', { mapping: view.mapping })).status).toBe(202)
  expect(await finished(view)).toMatchObject({ status: 'finished', importedCount: 2, failedCount: 2, passedCount: 4 })
  expect((await post(view, 'start', { mapping: view.mapping })).body.code).toBe('import.started')
  const [dot, ada] = await list(manager)
  expect(dot).toMatchObject({ petName: '=Dot', budgetHours: 1.5 })
  expect(ada).toMatchObject({ petName: 'Ada', customerEmail: 'ann@example.test', priority: 'high', budgetHours: 2.5 })
  const { rows } = await api.owner.query(`select 1 from audit where action = 'project:created' and entity_id = $1`, [
    ada?.['id'],
  ])
  expect(rows).toHaveLength(1)

  // A run that dies after its commit and is taken over makes nothing twice.
  await api.owner.query(`update project_imports set status = 'running', passed_count = 0 where id = $1`, [view.id])
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
  await runImport(api.deps, view.id, { actor, log, step: (_name, work) => work() })
  expect(await list(manager)).toHaveLength(2)
})

test('what one studio exports another imports unchanged', async () => {
  const artist = await studio.person('artist')
  const { body: me } = await api.as(artist).get('/me')
  const request = api.as(manager)
  const odd = { petName: '@Bo "the", best', notes: "line\nline; '=x", customerPhone: '+49 30 1', description: '-' }
  const { body: full } = await request.post('/projects').send({
    ...odd,
    petBreed: 'Käse–hund',
    customerName: 'Ann',
    customerEmail: 'ann@example.test',
    packageType: 'premium',
    priority: 'urgent',
    startDate: '2027-01-01',
    deadline: '2027-02-03',
    budgetHours: 10,
    estimatedHours: 2.25,
    assignedArtistId: artist.userId,
  })
  await request.post(`/projects/${full.id}/status`).send({ status: 'in_progress' })
  const file = await request.get('/projects/export.csv')

  const other = await api.studio()
  const there = await other.person('manager')
  const twin = await other.person('artist')
  await api.owner.query('update users set display_name = $1 where id = $2', [
    me.user?.displayName ?? me.displayName,
    twin.userId,
  ])
  const view = await upload(file.text, there)
  expect((await post(view, 'start', { mapping: view.mapping, mode: 'all' }, there)).status).toBe(202)
  expect(await finished(view, there)).toMatchObject({ status: 'finished', failedCount: 0 })
  const kept = (items: Record<string, unknown>[]) =>
    items.map(({ id: _id, createdAt: _c, updatedAt: _u, version: _v, assignedArtistId: _a, ...rest }) => rest)
  const before = kept(await list(manager))
  expect(before.length).toBeGreaterThan(2)
  expect(kept(await list(there))).toEqual(before)
})

test('2,000 rows come in, in the order of the file, and their progress is told', async () => {
  const other = await api.studio()
  const there = await other.person('manager')
  const lines = Array.from({ length: 2000 }, (_, i) => `Pet ${String(i).padStart(4, '0')},${i % 2 ? 'high' : 'low'}`)
  const view = await upload(`petName,priority\n${lines.join('\n')}`, there)
  await post(view, 'start', { mapping: view.mapping }, there)
  expect(await finished(view, there)).toMatchObject({ importedCount: 2000 })
  const total = await api.as(there).get('/projects?include=total&limit=1&sort=createdAt')
  expect([total.body.total, total.body.items[0].petName]).toEqual([2000, 'Pet 0000'])
  const { rows } = await api.owner.query(
    `select count(*)::int as count from outbox where organization_id = $1 and type = 'project:import:advanced'`,
    [other.organizationId],
  )
  expect(rows[0].count).toBe(8)
})

test('with `all`, thousands of rows with many columns come in together', async () => {
  const other = await api.studio()
  const there = await other.person('manager')
  const titles = 'petName,petBreed,petAge,customerName,customerEmail,priority,deadline,budgetHours,description,notes'
  const lines = Array.from(
    { length: 4000 },
    (_, i) => `Pet ${i},Cat,2,Ann,a@example.test,high,2027-01-01,2,Fluffy,Kind`,
  )
  const view = await upload([titles, ...lines].join('\n'), there)
  await post(view, 'start', { mapping: view.mapping, mode: 'all' }, there)
  expect(await finished(view, there)).toMatchObject({ status: 'finished', importedCount: 4000, passedCount: 4000 })
})

test('files that are none, mappings that misfit, and other people’s imports are refused', async () => {
  const bad = await api
    .as(manager)
    .post('/project-imports')
    .attach('file', Buffer.from('pet\n\0\0\0\0\0binary'), 'x.csv')
  expect([bad.status, bad.body.code]).toEqual([422, 'import.not_csv'])
  const large = await api.as(manager).post('/project-imports').attach('file', Buffer.alloc(5_242_881, 'a'), 'x.csv')
  expect([large.status, large.body.code]).toEqual([413, 'import.too_large'])
  expect((await api.as(manager).post('/project-imports').type('text/csv').send('petName')).status).toBe(415)
  const view = await upload('petName,age\nRex,2')
  expect((await post(view, 'preview', { mapping: ['petName'] })).body.code).toBe('import.mapping_misfit')
  expect((await post(view, 'preview', { mapping: [null, 'petAge'] })).status).toBe(422)
  expect((await post(view, 'preview', { mapping: ['petName', 'petName'] })).status).toBe(422)
  await api.owner.query('update project_imports set storage_key = null where id = $1', [view.id])
  const old = await api.as(manager).get(`/project-imports/${view.id}`)
  expect([old.status, old.body.sample, old.body.rowCount], 'its file was swept').toEqual([200, [], 1])
  const colleague = await studio.person('admin')
  expect((await api.as(colleague).get(`/project-imports/${view.id}`)).status).toBe(404)
  const artist = await studio.person('artist')
  expect((await api.as(artist).get(`/project-imports/${view.id}`)).status).toBe(403)
})
