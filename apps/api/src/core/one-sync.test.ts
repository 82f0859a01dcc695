import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, startApi, type TestStudio } from '../../test/harness.ts'
import { projects } from '../db/tables/projects.ts'
import { inTenantRead } from './in-tenant.ts'
import { fields, statement } from './statement.ts'

const owners = statement<{ n: number }>('test.owners')((q) =>
  q
    .select(fields({ organizationId: projects.organizationId, createdAt: projects.createdAt }))
    .from(projects)
    .limit(sql.placeholder('n')),
)
const broken = statement<{ divisor: number }>('test.broken')((q) =>
  q.select(fields({ quotient: sql<number>`1 / ${sql.placeholder('divisor')}::int` })).from(sql`(select 1) as one`),
)
const setting = statement<{ one: number }>('test.setting')((q) =>
  q
    .select(fields({ org: sql<string>`current_setting('app.current_org', true)` }))
    .from(sql`(select ${sql.placeholder('one')}::int) as one`),
)

describe('one Sync', () => {
  let api: Api
  let studios: TestStudio[]

  beforeAll(async () => {
    api = await startApi()
    studios = await Promise.all([api.studio(), api.studio(), api.studio()])
    for (const studio of studios)
      await api.owner.query(
        `insert into projects (organization_id, id, name, pet_name, package_type, game_config)
         select $1, gen_random_uuid(), 'p', 'p', 'custom', '{}' from generate_series(1, 5)`,
        [studio.organizationId],
      )
  })
  afterAll(() => api.close())

  const as = (organizationId: string) => ({ kind: 'system', organizationId, job: 'test' }) as const

  test('never shows a row of another studio, failures and reuse of connections among it', async () => {
    const pick = (i: number) => studios[i % 3] as TestStudio
    const outcomes = await Promise.allSettled(
      Array.from({ length: 1500 }, (_, i) =>
        inTenantRead<object[]>(api.deps.db, as(pick(i).organizationId), (tx) =>
          i % 7 === 0 ? tx.run(broken, { divisor: 0 }) : tx.run(owners, { n: 10 }),
        ).then((rows) => rows.map((row) => (row as { organizationId: string }).organizationId)),
      ),
    )
    outcomes.forEach((outcome, i) => {
      if (i % 7 === 0) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
      else expect(outcome).toEqual({ status: 'fulfilled', value: Array(5).fill(pick(i).organizationId) })
    })
  })

  test('leaves no setting behind on the connection, and without one no row is to be seen', async () => {
    await inTenantRead(api.deps.db, as((studios[0] as TestStudio).organizationId), async (tx) => {
      expect(await tx.run(setting, { one: 1 })).toEqual([{ org: (studios[0] as TestStudio).organizationId }])
    })
    for (let i = 0; i < 8; i += 1) {
      const client = await api.deps.db.$client.connect()
      const { rows } = await client.query(
        "select nullif(current_setting('app.current_org', true), '') as org, (select count(*)::int from projects) as seen",
      )
      expect(rows).toEqual([{ org: null, seen: 0 }])
      client.release()
    }
  })

  test('answers moments as ISO 8601 with microseconds', async () => {
    const [row] = await inTenantRead(api.deps.db, as((studios[0] as TestStudio).organizationId), (tx) =>
      tx.run(owners, { n: 1 }),
    )
    expect(row?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })

  test('keeps no more than 200 statements on a connection, and prepares a forgotten one again', async () => {
    const numbered = (number: number) =>
      statement<{ plus: number }>(`test.numbered.${number}`)((q) =>
        q
          .select(
            fields({
              sum: sql<number>`${sql.raw(String(number))} + ${sql.placeholder('plus')}::int`,
              kept: sql<number>`(select count(*)::int from pg_prepared_statements)`,
            }),
          )
          .from(sql`(select 1) as one`),
      )
    const organizationId = (studios[0] as TestStudio).organizationId
    const run = (number: number) =>
      inTenantRead<{ sum: number; kept: number }[]>(api.deps.db, as(organizationId), (tx) =>
        tx.run(numbered(number), { plus: 1 }),
      )
    const kept: number[] = []
    for (let number = 0; number < 300; number += 1) kept.push((await run(number))[0]?.kept ?? 0)
    expect(Math.max(...kept)).toBe(200)
    expect(await run(0)).toMatchObject([{ sum: 1 }])
  })
})
