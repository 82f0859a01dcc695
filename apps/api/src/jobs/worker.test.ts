import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, startApi } from '../../test/harness.ts'
import type { EventHandler, Sweep } from '../core/event-handlers.ts'
import { inTenant } from '../core/in-tenant.ts'
import { emit } from '../core/outbox.ts'
import type { Deps } from '../plugins/types.ts'
import { houseKeeping } from './house-keeping.ts'
import { startWorker } from './worker.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

describe('a worker', () => {
  let api: Api
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.close())

  const actorOf = (organizationId: string) => ({ kind: 'system', organizationId, job: 'test' }) as const
  const happen = (organizationId: string) =>
    inTenant(api.deps.db, actorOf(organizationId), (tx) =>
      emit(tx, actorOf(organizationId), 'studio:updated', { data: { note: organizationId } }),
    )

  test('takes up what happened while there was none, and what happens later, each in its studio', async () => {
    const [one, other] = [await api.studio(), await api.studio()]
    const early = await happen(one.organizationId)
    const seen: string[] = []
    const handler: EventHandler<Deps> = {
      name: 'remember',
      on: ['studio:updated'],
      async run(_deps, event, job) {
        const note = await job.step('look', async () => event.data['note'])
        seen.push(`${event.id} ${event.seq} ${note === event.organizationId} ${job.attempt}`)
      },
    }
    const options = { databaseUrl: api.appUrl, log: quiet, handlers: [handler], sweeps: [] }
    const worker = await startWorker(api.deps, options)
    await expect(startWorker(api.deps, options)).rejects.toThrow('runs a worker already')
    await expect.poll(() => seen, { timeout: 30_000 }).toEqual([`${early} 1 true 1`])
    const [second, third] = [await happen(one.organizationId), await happen(other.organizationId)]
    await expect
      .poll(() => seen.slice(1).toSorted(), { timeout: 30_000 })
      .toEqual([`${second} 2 true 1`, `${third} 1 true 1`].toSorted())
    await worker.stop()

    const late = await happen(other.organizationId)
    const heir = await startWorker(api.deps, options)
    await expect.poll(() => seen.at(-1), { timeout: 30_000 }).toBe(`${late} 2 true 1`)
    await heir.stop()
    expect(seen).toHaveLength(4)
  })

  test('a sweep that fails in one studio still comes to the others, and comes again', async () => {
    const studios = [await api.studio(), await api.studio()]
    const visits: string[] = []
    const failures: unknown[] = []
    const sweep: Sweep<Deps> = {
      name: 'test',
      everySeconds: 0.2,
      async run(_deps, actor) {
        visits.push(actor.organizationId)
        if (actor.organizationId === studios[0]?.organizationId) throw new Error('not here')
      },
    }
    const log = { ...quiet, error: (facts: object) => failures.push(facts) }
    const worker = await startWorker(api.deps, { databaseUrl: api.appUrl, log, handlers: [], sweeps: [sweep] })
    const visitsTo = (i: number) => visits.filter((id) => id === studios[i]?.organizationId).length
    await expect.poll(() => Math.min(visitsTo(0), visitsTo(1)), { timeout: 30_000 }).toBeGreaterThan(1)
    await worker.stop()
    expect(failures.length).toBeGreaterThan(1)
    const after = visits.length
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(visits).toHaveLength(after)
  })

  test('takes its locks again when their connection is cut', async () => {
    const worker = await startWorker(api.deps, { databaseUrl: api.appUrl, log: quiet, handlers: [], sweeps: [] })
    const ask = (question: string) =>
      api.deps.db.$client.query(question).then(({ rows }) => rows as { pid: number; locks: number }[])
    const holder = `select pid, (select count(*)::int from pg_locks l where l.pid = a.pid and locktype = 'advisory' and granted) as locks
      from pg_stat_activity a where datname = current_database() and application_name = 'sparkle-worker-locks'`
    const [before] = await ask(holder)
    expect(before?.locks).toBeGreaterThan(0)
    await ask(`select pg_terminate_backend(${before?.pid})`)
    await expect
      .poll(async () => (await ask(holder)).filter(({ pid, locks }) => pid !== before?.pid && locks > 0).length, {
        timeout: 30_000,
      })
      .toBe(1)
    await worker.stop()
    await expect.poll(() => ask(holder)).toEqual([])
  })

  test('house-keeping forgets what is over and keeps what is not', async () => {
    const { organizationId } = await api.studio()
    await happen(organizationId)
    const kept = await happen(organizationId)
    await api.owner.query(
      "update outbox set dispatched_at = case when id = $2 then now() else now() - interval '8 days' end where organization_id = $1",
      [organizationId, kept],
    )
    for (const [key, age] of [
      ['old', '25 hours'],
      ['new', '23 hours'],
    ])
      await api.owner.query(
        "insert into idempotency_keys (organization_id, scope, key, body_hash, created_at) values ($1, 's', $2, 'h', now() - $3::interval)",
        [organizationId, key, age],
      )
    for (const sweep of houseKeeping) await sweep.run(api.deps, actorOf(organizationId))
    for (const sweep of houseKeeping) await sweep.run(api.deps, actorOf(organizationId))

    const { rows: events } = await api.owner.query('select id from outbox where organization_id = $1', [organizationId])
    expect(events).toEqual([{ id: kept }])
    const { rows: keys } = await api.owner.query('select key from idempotency_keys where organization_id = $1', [
      organizationId,
    ])
    expect(keys).toEqual([{ key: 'new' }])
  })

  test('a failed statement leaves no values of a studio in the engine’s tables', async () => {
    const { organizationId } = await api.studio()
    const failing: EventHandler<Deps> = {
      name: 'failing',
      on: ['studio:updated'],
      run: (deps, _event, job) =>
        job
          .step(
            'fail',
            () => inTenant(deps.db, job.actor, (tx) => tx.execute(sql`select ${'secret of Ann'}::text, 1 / 0`)),
            { attempts: 1 },
          )
          .then(() => undefined),
    }
    const failures: { job?: string }[] = []
    const log = { ...quiet, error: (facts: object) => failures.push(facts) }
    const worker = await startWorker(api.deps, { databaseUrl: api.appUrl, log, handlers: [failing], sweeps: [] })
    await happen(organizationId)
    await expect.poll(() => failures, { timeout: 30_000 }).toContainEqual(expect.objectContaining({ job: 'failing' }))
    await worker.stop()
    const { rows } = await api.owner.query(
      'select w.error, o.error as step from dbos.workflow_status w join dbos.operation_outputs o using (workflow_uuid) where w.error is not null',
    )
    expect(inspect([rows, failures], { depth: 10 })).toContain('division by zero')
    expect(inspect([rows, failures], { depth: 10 })).not.toContain('secret of Ann')
  })

  test('may forget finished jobs: the runtime role has the right to', async () => {
    const { rows } = await api.deps.db.$client.query(
      `select bool_and(has_table_privilege(current_user, t, 'SELECT, DELETE')) as may
       from unnest(array['dbos.workflow_status', 'dbos.operation_outputs']) t`,
    )
    expect(rows).toEqual([{ may: true }])
  })
})
