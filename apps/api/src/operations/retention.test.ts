import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, startApi } from '../../test/harness.ts'
import { newId } from '../core/ids.ts'
import { forgetSessions } from '../db/system-sessions.ts'
import { rounds, sweeps } from '../jobs/handlers.ts'
import { createBackupJob } from './backup-job.ts'
import { operatorChores } from './chores.ts'
import { retentionRules, retentionTable } from './retention.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('every rule names a table and somebody who keeps it', async () => {
  const { config, store } = api.deps
  const job = createBackupJob({ config, store, indexKey: Buffer.alloc(32), ownerUrl: undefined, adminUrl: undefined })
  const doers = new Set([...sweeps, ...rounds, ...operatorChores(job)].map(({ name }) => name))
  const { rows } = await api.owner.query<{ name: string }>(
    "select 'sys.' || proname as name from pg_proc where pronamespace = 'sys'::regnamespace",
  )
  for (const { name } of rows) doers.add(name)
  expect(retentionRules.filter(({ by }) => !doers.has(by))).toEqual([])
  for (const { table } of retentionRules) {
    const found = await api.owner.query('select to_regclass($1) is not null as there', [table])
    expect(found.rows, table).toEqual([{ there: true }])
  }
})

test('the documentation shows these rules', () => {
  const text = readFileSync(new URL('../../../../docs/data-protection.md', import.meta.url), 'utf8')
  const plain = (table: string) => table.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')
  expect(plain(text)).toContain(plain(retentionTable()))
})

test('sessions go 90 days after their end, and notifications after a year', async () => {
  const studio = await api.studio()
  const person = await studio.person('artist')
  const session = (ended: string, expires: string) =>
    api.owner.query(
      `insert into sessions (id, user_id, refresh_hash, user_agent, address, expires_at, revoked_at)
       values ($1::uuid, $2, $1::uuid::text, 'x', 'x', now() + $4::interval, now() + $3::interval)`,
      [newId(), person.userId, ended, expires],
    )
  await session('-91 days', '1 day')
  await session('-89 days', '1 day')
  await session('-1 day', '-91 days')
  const count = async (table: string) =>
    (await api.owner.query(`select count(*)::int as n from ${table} where user_id = $1`, [person.userId])).rows[0].n
  expect(await forgetSessions(api.deps.db)).toBe(2)
  expect(await forgetSessions(api.deps.db)).toBe(0)
  expect(await count('sessions'), 'the present one and the one of 89 days').toBe(2)

  for (const age of ['366 days', '364 days'])
    await api.owner.query(
      `insert into notifications (organization_id, id, user_id, kind, data, created_at, event_id)
       values ($1, $2, $3, 'project_assigned', '{}', now() - $4::interval, gen_random_uuid())`,
      [studio.organizationId, newId(), person.userId, age],
    )
  const sweep = sweeps.find(({ name }) => name === 'notifications')
  await sweep?.run(api.deps, { kind: 'system', organizationId: studio.organizationId, job: 'test' })
  expect(await count('notifications')).toBe(1)
})
