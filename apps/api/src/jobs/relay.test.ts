import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, startApi, type TestStudio } from '../../test/harness.ts'
import { recordAudit } from '../core/audit.ts'
import { chainBeginning, followChain } from '../core/audit-chain.ts'
import { newId } from '../core/ids.ts'
import { inTenant } from '../core/in-tenant.ts'
import { emit } from '../core/outbox.ts'
import { relayOrganization } from './relay.ts'

const actorOf = (studio: TestStudio) =>
  ({ kind: 'system', organizationId: studio.organizationId, job: 'test' }) as const

describe('the relay', () => {
  let api: Api
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.close())

  /** One use case: an audit row and an event that says which writer it was and how many it had written before. */
  const write = (studio: TestStudio, writer: number, turn: number) =>
    inTenant(api.deps.db, actorOf(studio), async (tx) => {
      await recordAudit(tx, actorOf(studio), 'studio:updated', {
        entity: 'organization',
        id: newId(),
        changes: { b: [1, 2], a: turn },
      })
      await emit(tx, actorOf(studio), 'studio:updated', { data: { writer, turn } })
    })

  const relay = (studio: TestStudio) => relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)

  const log = async (studio: TestStudio) => {
    const { rows } = await api.owner.query<{ seq: string; id: string; data: { writer: number; turn: number } }>(
      'select seq, id, data from event_log where organization_id = $1 order by seq',
      [studio.organizationId],
    )
    return rows
  }

  test('numbers what eight writers commit without gap or double, cause before effect, while two relays run', async () => {
    const studio = await api.studio()
    let writing = true
    const relays = [1, 2].map(async () => {
      while (writing) await relay(studio)
    })
    const turns = 40
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let turn = 0; turn < turns; turn += 1) await write(studio, writer, turn)
      }),
    )
    writing = false
    await Promise.all(relays)
    await relay(studio)

    const rows = await log(studio)
    expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 8 * turns }, (_, i) => i + 1))
    expect(new Set(rows.map((row) => row.id)).size).toBe(8 * turns)
    for (let writer = 0; writer < 8; writer += 1)
      expect(rows.filter((row) => row.data.writer === writer).map((row) => row.data.turn)).toEqual(
        Array.from({ length: turns }, (_, i) => i),
      )
    const { rows: left } = await api.owner.query(
      'select id from outbox where organization_id = $1 and relayed_at is null',
      [studio.organizationId],
    )
    expect(left).toEqual([])
    const followed = await inTenant(api.deps.db, actorOf(studio), (tx) =>
      followChain(tx, api.deps.crypto, chainBeginning, () => false),
    )
    expect(followed).toMatchObject({ checked: 8 * turns, broken: null })
    const { rows: seals } = await api.owner.query('select seq from audit_seal where organization_id = $1', [
      studio.organizationId,
    ])
    expect(seals).toHaveLength(8 * turns)
  })

  test('numbers each studio for itself, in batches', async () => {
    const [one, other] = [await api.studio(), await api.studio()]
    await inTenant(api.deps.db, actorOf(one), async (tx) => {
      for (let turn = 0; turn < 450; turn += 1)
        await emit(tx, actorOf(one), 'studio:updated', { data: { writer: 0, turn } })
    })
    await write(other, 0, 0)
    expect(await relay(one)).toEqual({ events: 450, seals: 0 })
    expect(await relay(other)).toEqual({ events: 1, seals: 1 })
    expect((await log(one)).map((row) => row.data.turn)).toEqual(Array.from({ length: 450 }, (_, i) => i))
    expect(await relay(one)).toEqual({ events: 0, seals: 0 })
  })

  test('leaves a studio alone that another worker has in hand', async () => {
    const studio = await api.studio()
    await write(studio, 0, 0)
    const client = await api.owner.connect()
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`relay:${studio.organizationId}`])
    expect(await relay(studio)).toEqual({ events: 0, seals: 0 })
    await client.query('rollback')
    client.release()
    expect(await relay(studio)).toEqual({ events: 1, seals: 1 })
  })

  test('the runtime role can change neither log nor seals', async () => {
    for (const table of ['audit', 'audit_seal', 'event_log'])
      await expect(
        api.deps.db.$client.query(`update ${table} set organization_id = organization_id`),
      ).rejects.toMatchObject({ code: '42501' })
  })
})
