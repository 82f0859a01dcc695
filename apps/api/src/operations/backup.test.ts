import { createHash } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, open, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../test/database.ts'
import { type Api, startApi, type TestStudio } from '../../test/harness.ts'
import { createLocalStore, type LocalStore } from '../adapters/local-store.ts'
import { readConfig } from '../config.ts'
import { createBackupJob } from './backup-job.ts'
import { onRecord, operatorChores } from './chores.ts'
import { assertIndexKey } from './index-key.ts'
import { restoreBackup } from './restore-backup.ts'
import { seal, unseal } from './sealed-stream.ts'
import { connectOwner, digestTable, listTables } from './table-copy.ts'
import { everyKey, takeBackup } from './take-backup.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const key = createHash('sha256').update('a key for backups').digest()
let api: Api
let studio: TestStudio
let folder: string
let file: string
const databases: TestDatabase[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparkle-backup-'))
  file = join(folder, 'first.backup')
  api = await startApi()
  studio = await api.studio()
  const manager = await studio.person('manager')
  for (const name of ['Ünïcode \\ and\ttabs', 'Zwei\nZeilen']) {
    const made = await api.as(manager).post('/projects').send({
      name,
      customerName: 'Ann Lee',
      customerEmail: 'ann@example.test',
      petName: 'Chelsea',
      packageType: 'custom',
    })
    if (made.status !== 201) throw new Error(made.text)
  }
  await api.owner.query("select sys.add_audit_partition('2024-02-01')")
  for (let i = 0; i < 4; i += 1)
    await api.deps.store.put(`${studio.organizationId}/assets/${i}`, Buffer.alloc(i * 200_000, i), 'image/png')
})
afterAll(async () => {
  await api.close()
  for (const database of databases) await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const sourceUrl = () => String(api.owner.options.connectionString)
const source = () => ({ databaseUrl: sourceUrl(), store: api.deps.store, version: 'test' })

async function emptyPlace(): Promise<{ ownerUrl: string; store: LocalStore }> {
  const database = await cloneDatabase()
  databases.push(database)
  const root = await mkdtemp(join(folder, 'store-'))
  return { ownerUrl: database.ownerUrl, store: createLocalStore({ root, crypto: api.deps.crypto, publicOrigin: '' }) }
}

async function digestsOf(url: string): Promise<Record<string, string>> {
  const client = await connectOwner(url)
  const digests: Record<string, string> = {}
  for (const table of await listTables(client)) digests[table.name] = (await digestTable(client, table)).sha256
  await client.end()
  return digests
}

async function filesOf(store: LocalStore) {
  const files: Record<string, string> = {}
  for await (const one of everyKey(store)) {
    const [bytes, about] = [await store.get(one), await store.head(one)]
    files[one] = `${about?.mimeType} ${createHash('sha256')
      .update(bytes ?? '')
      .digest('hex')}`
  }
  return files
}

describe('a backup', () => {
  test('comes back whole into an empty place: every table, every file', async () => {
    const figures = await takeBackup(source(), file, key)
    expect(figures).toMatchObject({ objects: 4, objectBytes: 1_200_000 })
    const place = await emptyPlace()
    const before = await digestsOf(sourceUrl())
    expect(await digestsOf(place.ownerUrl)).not.toEqual(before)
    const restored = await restoreBackup(file, key, place)
    expect(restored).toMatchObject({ tables: figures.tables, rows: figures.rows, objects: 4 })
    expect(await digestsOf(place.ownerUrl)).toEqual(before)
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['public.projects', 'public.audit', 'dbos.workflow_status']),
    )
    expect(await filesOf(place.store)).toEqual(await filesOf(api.deps.store as LocalStore))

    // The schema is as migrated: keys and triggers are back, and what the record's months were is known.
    const client = await connectOwner(place.ownerUrl)
    const { rows } =
      await client.query(`select (select count(*)::int from pg_trigger where not tgisinternal and tgenabled <> 'O') as off,
      (select count(*)::int from pg_constraint where contype = 'f') as keys, to_regclass('audit_2024_02') is not null as month`)
    const { rows: fresh } = await api.owner.query("select count(*)::int as keys from pg_constraint where contype = 'f'")
    expect(rows).toEqual([{ off: 0, keys: fresh[0].keys, month: true }])
    await client.end()

    // In use again, neither database nor store are overwritten by accident.
    await expect(restoreBackup(file, key, place)).rejects.toThrow(/not empty/)
    await place.store.put(`${studio.organizationId}/assets/later`, Buffer.from('x'), 'text/plain')
    await restoreBackup(file, key, place, { force: true })
    expect(await digestsOf(place.ownerUrl)).toEqual(before)
    expect(Object.keys(await filesOf(place.store))).toHaveLength(4)
  }, 120_000)

  test('is refused, and nothing is touched, where a byte differs, the end is missing, or the key is another', async () => {
    const whole = await readFile(file)
    const place = await emptyPlace()
    const before = await digestsOf(place.ownerUrl)
    const refused = async (name: string, spoil: (path: string) => Promise<void>, wanted: RegExp, with_ = key) => {
      const path = join(folder, name)
      await writeFile(path, whole)
      await spoil(path)
      await expect(restoreBackup(path, with_, place), name).rejects.toThrow(wanted)
    }
    const flip = (at: number) => async (path: string) => {
      const handle = await open(path, 'r+')
      await handle.write(Buffer.from([(whole[at] ?? 0) ^ 1]), 0, 1, at)
      await handle.close()
    }
    const chunk = 65_536 + 16
    await refused('first byte', flip(0), /no backup/)
    await refused('salt', flip(20), /cut or changed/)
    await refused('middle', flip(Math.floor(whole.length / 2)), /cut or changed/)
    await refused('last byte', flip(whole.length - 1), /cut or changed/)
    await refused('one byte short', (path) => truncate(path, whole.length - 1), /cut or changed/)
    await refused('one chunk short', (path) => truncate(path, 49 + chunk * 3), /cut or changed/)
    await refused('longer', (path) => appendFile(path, 'x'), /cut or changed/)
    await refused('empty', (path) => truncate(path, 0), /no backup/)
    await refused('other key', async () => undefined, /BACKUP_KEY/, Buffer.alloc(32, 1))
    expect(await digestsOf(place.ownerUrl)).toEqual(before)
    expect(await place.store.list('')).toEqual([])
  }, 120_000)

  test('of another schema is refused', async () => {
    const place = await emptyPlace()
    const client = await connectOwner(place.ownerUrl)
    await client.query(
      'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)',
    )
    await client.end()
    await expect(restoreBackup(file, key, place)).rejects.toThrow(/another schema/)
  })

  test('holds nothing in the clear', async () => {
    const bytes = (await readFile(file)).toString('latin1')
    for (const word of ['Chelsea', 'projects', studio.organizationId, 'image/png']) expect(bytes).not.toContain(word)
  })
})

describe('the job', () => {
  const jobWith = (settings: Record<string, string>) => {
    const ownerUrl = sourceUrl()
    const config = readConfig({ NODE_ENV: 'test', DATA_DIR: join(folder, 'data'), ...settings })
    const adminUrl = inject('postgres').superUrl
    return createBackupJob({ config, store: api.deps.store, indexKey: Buffer.alloc(32, 7), ownerUrl, adminUrl })
  }
  const named = (day: string) => `sparkle-${day}T00-00-00Z.backup`

  test('copies to the second place, keeps what the days allow, and the newest in any case', async () => {
    const second = join(folder, 'second')
    await mkdir(second)
    for (const name of [named('2020-01-01'), named('2020-01-02'), 'holiday.jpg'])
      await writeFile(join(second, name), 'x')
    for (const name of [named('2020-01-01'), 'holiday.jpg']) await utimes(join(second, name), 1, 1)
    const job = jobWith({ BACKUP_DIR: second, BACKUP_KEEP_DAYS: '3' })
    const { file: path, copies } = await job.run()
    const name = basename(path)
    expect(copies).toEqual(['folder'])
    expect((await readdir(second)).toSorted()).toEqual(['holiday.jpg', named('2020-01-02'), name].toSorted())
    expect(await readdir(join(folder, 'data/backups'))).toEqual([name])
    expect((await readFile(join(second, name))).equals(await readFile(path))).toBe(true)
  }, 120_000)

  test('a drill restores the newest into a database that is gone afterwards; chores keep how it went', async () => {
    const job = jobWith({})
    const { db } = api.deps
    const chore = operatorChores(job).find(({ name }) => name === 'back up')
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const go = () => chore?.run(api.deps, log, new AbortController().signal)
    const runs = async () =>
      (await api.owner.query('select kind, outcome from operation_runs order by finished_at')).rows

    await assertIndexKey(db)
    await go()
    expect(await runs()).toEqual([])
    await api.owner.query("update installation_facts set created_at = now() - interval '8 days'")
    await go()
    const both = [
      { kind: 'backup', outcome: 'passed' },
      { kind: 'drill', outcome: 'passed' },
    ]
    expect(await runs()).toEqual(both)
    await go()
    expect(await runs()).toEqual(both)
    const { rows } = await api.owner.query("select datname from pg_database where datname like 'sparkle_drill%'")
    expect(rows).toEqual([])

    // A backup that went bad on the disk is found by the drill; without a role that may, the drill says so.
    const [newest = ''] = (await readdir(join(folder, 'data/backups'))).toSorted().slice(-1)
    await truncate(join(folder, 'data/backups', newest), 5000)
    expect((await onRecord(db, 'drill', () => job.drill())).outcome).toBe('failed')
    const reader = createBackupJob({
      config: readConfig({ DATA_DIR: join(folder, 'data'), BACKUP_DATABASE_URL: sourceUrl() }),
      store: api.deps.store,
      indexKey: Buffer.alloc(32, 7),
      ownerUrl: undefined,
      adminUrl: undefined,
    })
    expect(await onRecord(db, 'drill', () => reader.drill())).toMatchObject({
      outcome: 'impossible',
      facts: { reason: expect.stringContaining('DATABASE_OWNER_URL') },
    })
  }, 120_000)
})

test('any stream in any pieces comes back, and no two files are alike', async () => {
  const gather = async (parts: AsyncIterable<Uint8Array>) => {
    const all: Uint8Array[] = []
    for await (const part of parts) all.push(part)
    return all
  }
  const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(65_535, 65_536, 65_537, 131_072)), {
    maxLength: 5,
  })
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 70_000 }), async (lengths, step) => {
      const plain = lengths.map((length, at) => Buffer.alloc(length, at + 1))
      const sealed = Buffer.concat(await gather(seal(plain, key)))
      const pieces = Array.from({ length: Math.ceil(sealed.length / step) }, (_, at) =>
        sealed.subarray(at * step, (at + 1) * step),
      )
      expect(Buffer.concat(await gather(unseal(pieces, key))).equals(Buffer.concat(plain))).toBe(true)
      expect(sealed.equals(Buffer.concat(await gather(seal(plain, key))))).toBe(false)
    }),
    { numRuns: 40 },
  )
})
