import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, startApi } from '../../../test/harness.ts'
import { buildApp } from '../../app.ts'
import { createChecker } from './checks.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test.each([
  ['/api/health', []],
  ['/api/v1/health', []],
  ['/api/health/deep', ['database', 'migrations', 'outbox', 'auditMonths', 'listener', 'virusScan', 'backup', 'files']],
  ['/api/health/isolation', ['role', 'isolation']],
  ['/api/health/cache', ['cache']],
  ['/api/health/storage', ['storage']],
])('%s is ok', async (path, checks) => {
  const reply = await supertest(api.app.server).get(path)
  expect(reply.status, reply.text).toBe(200)
  expect(reply.body.status).toBe('ok')
  expect(Object.keys(reply.body.checks)).toEqual(checks)
})

describe('a fault', () => {
  test('of the store is a 503 that keeps the message to itself', async () => {
    const store = {
      ...api.deps.store,
      kind: 's3' as const,
      probe: () => Promise.reject(new Error('secret-host:9000 refused key AKIA')),
    }
    const health = await createChecker({ ...api.deps, store })(['storage'])
    expect(health).toMatchObject({ status: 'down', checks: { storage: { status: 'down', detail: 'Failed (Error).' } } })
  })

  test('events that wait too long degrade the whole, and a migration that is missing takes it down', async () => {
    const studio = await api.studio()
    await api.owner.query(
      "insert into outbox (organization_id, id, type, data, created_at) values ($1, gen_random_uuid(), 'studio:updated', '{}', now() - interval '5 minutes')",
      [studio.organizationId],
    )
    expect(await createChecker(api.deps)(['database', 'outbox'])).toMatchObject({
      status: 'degraded',
      checks: { database: { status: 'ok' } },
    })
    await api.owner.query(
      'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)',
    )
    expect(await createChecker(api.deps)(['migrations'])).toMatchObject({
      status: 'down',
      checks: { migrations: { detail: '1 migrations have not run.' } },
    })
  })

  test('of isolation names the tables, for each way in which studios could meet', async () => {
    const { organizationId } = await api.studio()
    await api.owner.query("insert into accounts (organization_id, id, name) values ($1, gen_random_uuid(), 'A')", [
      organizationId,
    ])
    const found = async () => {
      const { status, checks } = await createChecker(api.deps)(['role', 'isolation'])
      return [status, checks['isolation']?.detail ?? checks['role']?.detail]
    }
    expect(await found()).toEqual(['ok', undefined])
    const policy = (using: string, check: string) =>
      `alter policy tenant_isolation on accounts using (${using}) with check (${check})`
    const mine = "organization_id = nullif(current_setting('app.current_org', true), '')::uuid"
    for (const [broken, detail] of [
      [policy('true', mine), 'accounts (foreign), accounts (unset)'],
      [policy(`${mine} or current_setting('app.current_org', true) = ''`, mine), 'accounts (unset)'],
      [policy(mine, 'true'), 'accounts (written)'],
    ] as const) {
      await api.owner.query(broken)
      expect(await found()).toEqual(['down', `Rows of other studios can be reached: ${detail}.`])
    }
    // An app of its own, because an answer is kept for a while.
    const asked = async () => {
      const app = await buildApp(api.deps, { logger: false })
      const { statusCode, body } = await app.inject('/api/health/isolation')
      await app.close()
      return [statusCode, JSON.parse(body).checks.isolation.status]
    }
    expect(await asked()).toEqual([503, 'down'])
    await api.owner.query(policy(mine, mine))
    await api.owner.query('alter table accounts disable row level security')
    expect((await createChecker(api.deps)(['role'])).checks['role']?.detail).toContain(
      'table accounts has no row-level security',
    )
    await api.owner.query('alter table accounts enable row level security')
    expect(await found()).toEqual(['ok', undefined])
    expect(await asked()).toEqual([200, 'ok'])
  })

  test('is found out once in two seconds, however many ask', async () => {
    let probes = 0
    const store = { ...api.deps.store, kind: 's3' as const, probe: async () => void (probes += 1) }
    const healthOf = createChecker({ ...api.deps, store })
    await Promise.all(Array.from({ length: 20 }, () => healthOf(['storage'])))
    expect(probes).toBe(1)
  })
})

test('backups: none yet is fine on the first day, a failure and too old a one are not', async () => {
  const stand = async () => (await createChecker(api.deps)(['backup'])).checks['backup']
  const ran = (kind: string, outcome: string, ago: string) =>
    api.owner.query(
      `insert into operation_runs (id, kind, outcome, started_at, finished_at)
       values (gen_random_uuid(), $1, $2, now() - $3::interval, now() - $3::interval)`,
      [kind, outcome, ago],
    )
  expect(await stand()).toMatchObject({ status: 'ok', detail: 'backup: none yet; drill: none yet.' })
  await ran('backup', 'passed', '50 hours')
  expect(await stand()).toMatchObject({ status: 'degraded', detail: 'backup: 50 h ago; drill: none yet.' })
  await ran('backup', 'passed', '3 hours')
  await ran('drill', 'impossible', '1 hour')
  const impossible = 'backup: 3 h ago; drill: none yet, the last one impossible.'
  expect(await stand()).toMatchObject({ status: 'ok', detail: impossible })
  await ran('backup', 'failed', '1 hour')
  expect(await stand()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('the last one failed') })
})
