import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, startApi, type TestStudio } from '../../test/harness.ts'
import { sha256 } from '../core/crypto.ts'
import { newId } from '../core/ids.ts'
import { createChecker } from '../modules/health/checks.ts'
import { checkFiles } from './check-files.ts'

const later = Date.now() + 3 * 86_400_000
let api: Api
let studio: TestStudio

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
})
afterAll(() => api.close())

const keyOf = (name: string) => `${studio.organizationId}/assets/${name}`
const put = (name: string, text = name) => api.deps.store.put(keyOf(name), Buffer.from(text), 'text/plain')
const check = (at = later) =>
  checkFiles(api.deps.db, api.deps.store, { kind: 'system', organizationId: studio.organizationId, job: 'test' }, at)
const faults = async () => {
  const { rows } = await api.owner.query('select storage_key, fault from stored_file_faults order by 1')
  return Object.fromEntries(rows.map(({ storage_key, fault }) => [storage_key.split('/').at(-1), fault]))
}

async function nameInRows(names: readonly string[]): Promise<void> {
  const manager = await studio.person('manager')
  const project = await api
    .as(manager)
    .post('/projects')
    .send({ name: 'P', customerName: 'Ann', petName: 'Rex', packageType: 'custom' })
  const asset = newId()
  const variants = ['original', 'thumb', 'web']
  for (const [at, name] of names.entries()) {
    const id = at % variants.length === 0 ? newId() : asset
    await api.owner.query(
      `insert into assets (organization_id, id, project_id, asset_type, filename, original_filename, mime_type, file_size)
       values ($1, $2, $3, 'photo', 'x', 'x', 'image/png', 1) on conflict do nothing`,
      [studio.organizationId, id, project.body.id],
    )
    await api.owner.query(
      `insert into asset_variants (organization_id, asset_id, variant, storage_key, mime_type, size_bytes, digest)
       values ($1, $2, $3, $4, 'image/png', 1, $5)`,
      [studio.organizationId, id, 'original', keyOf(name), sha256(name)],
    )
  }
}

test('finds missing, changed and nameless files, tells deep health, deletes nothing, and forgets what was mended', async () => {
  const names = ['a', 'b', 'c', 'd']
  for (const name of [...names, 'stray']) await put(name)
  for (const name of names) await nameInRows([name])
  await api.deps.store.put(`${studio.organizationId}/uploads/on-its-way`, Buffer.from('x'), 'text/plain')

  expect((await check(Date.now())).faults.size).toBe(0)
  await put('b', 'not b')
  await api.deps.store.delete(keyOf('c'))
  const found = await check()
  expect(found.checked).toBe(4)
  const expected = { b: 'changed', c: 'missing', stray: 'orphaned' }
  expect(await faults()).toEqual(expected)
  expect((await createChecker(api.deps)(['files'])).checks['files']).toMatchObject({
    status: 'degraded',
    detail: '1 missing, 1 changed, 1 without a row.',
  })
  expect(await api.deps.store.head(keyOf('b'))).toBeDefined()
  expect(await api.deps.store.head(keyOf('stray'))).toBeDefined()
  await check()
  expect(await faults()).toEqual(expected)

  await put('b')
  await put('c')
  await check()
  expect(await faults()).toEqual({ stray: 'orphaned' })
  expect((await createChecker(api.deps)(['files'])).checks['files']).toMatchObject({ status: 'ok' })
})

test('goes on where it stopped, and begins again at the end', async () => {
  const place = async () =>
    (await api.owner.query('select after_key, checked, round_ended_at is not null as ended from stored_file_checks'))
      .rows[0]
  await api.owner.query('delete from stored_file_checks')
  await api.owner.query(
    `insert into asset_versions (organization_id, asset_id, number, original_filename, mime_type, file_size, files)
     select $1::uuid, asset_id, 1, 'x', 'image/png', 1, (select jsonb_agg(jsonb_build_object('storageKey',
       $1::text || '/assets/v' || lpad(n::text, 4, '0'), 'digest', 'x')) from generate_series(1, 250) n)
     from asset_variants where organization_id = $1::uuid limit 1`,
    [studio.organizationId],
  )
  expect((await check()).checked).toBe(200)
  expect(await place()).toMatchObject({ after_key: keyOf('v0196'), checked: 200, ended: false })
  expect((await check()).checked).toBe(54)
  expect(await place()).toMatchObject({ after_key: '', checked: 254, ended: true })
})
