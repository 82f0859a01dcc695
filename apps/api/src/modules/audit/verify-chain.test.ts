import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, startApi } from '../../../test/harness.ts'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import { canonicalText } from '../../core/audit-chain.ts'
import { createCrypto } from '../../core/crypto.ts'
import { idFloor, newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { audit } from '../../db/tables/events.ts'
import { relayOrganization } from '../../jobs/relay.ts'
import { archiveMonth } from './archive-month.ts'
import { dropAuditPartition, listAuditMonths } from '../../db/system-audit.ts'
import { auditSweeps, monthsPast } from './audit.sweeps.ts'
import { verifyChain } from './verify-chain.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const sweep = (name: string, actor: SystemActor) =>
  auditSweeps.find((one) => one.name === name)?.run(api.deps, actor) ?? Promise.reject(new Error(name))

/** A studio with six sealed records; its tables can be changed behind every rule, as their owner can. */
async function chained(rows = 6) {
  const { organizationId } = await api.studio()
  const actor: SystemActor = { kind: 'system', organizationId, job: 'test' }
  const write = async (count: number) => {
    for (let i = 0; i < count; i += 1)
      await inTenant(api.deps.db, actor, (tx) =>
        recordAudit(tx, actor, 'studio:updated', {
          entity: 'organization',
          id: organizationId,
          changes: { b: [1, 2], a: i },
        }),
      )
    await relayOrganization(api.deps.db, api.deps.crypto, organizationId)
  }
  await write(rows)
  const tamper = (statement: string, values: unknown[] = []) => inOwnersHands(statement, [organizationId, ...values])
  const idOf = async (seq: number) => {
    const { rows: found } = await api.owner.query<{ audit_id: string }>(
      'select audit_id from audit_seal where organization_id = $1 and seq = $2',
      [organizationId, seq],
    )
    return found[0]?.audit_id ?? ''
  }
  const verify = () => verifyChain(api.deps, organizationId, new Date())
  return { organizationId, actor, write, tamper, idOf, verify }
}

async function inOwnersHands(statement: string, values: unknown[]): Promise<void> {
  const triggers = (verb: string) =>
    api.owner.query(
      `alter table audit ${verb} trigger audit_append_only; alter table audit_seal ${verb} trigger audit_seal_append_only`,
    )
  await triggers('disable')
  await api.owner.query(statement, values)
  await triggers('enable')
}

describe('verify', () => {
  test('a chain that nobody touched holds to its head', async () => {
    const { verify, actor } = await chained()
    await sweep('audit-head', actor)
    expect(await verify()).toMatchObject({
      intact: true,
      fault: null,
      verifiedSeals: 6,
      head: { seq: 6 },
      anchor: { seq: 6 },
    })
  })

  test('names the row that its owner updated, and is content when it is as it was, whatever the order of its keys', async () => {
    const { verify, tamper, idOf } = await chained()
    const id = await idOf(3)
    await tamper(`update audit set changes = '{"b": [1, 2], "a": 7}' where organization_id = $1 and id = $2`, [id])
    expect(await verify()).toMatchObject({
      intact: false,
      verifiedSeals: 2,
      fault: { kind: 'row_changed', seq: 3, auditId: id },
    })
    await tamper(`update audit set changes = '{"a": 2, "b": [1, 2]}' where organization_id = $1 and id = $2`, [id])
    expect(await verify()).toMatchObject({ intact: true })
    await tamper('update audit set address = $3 where organization_id = $1 and id = $2', [await idOf(6), '10.0.0.1'])
    expect(await verify()).toMatchObject({ fault: { kind: 'row_changed', seq: 6 } })
  })

  test('names what was deleted from the middle: the row, the seal, or both', async () => {
    const first = await chained()
    const id = await first.idOf(4)
    await first.tamper('delete from audit where organization_id = $1 and id = $2', [id])
    expect(await first.verify()).toMatchObject({ fault: { kind: 'row_missing', seq: 4, auditId: id } })
    await first.tamper('delete from audit_seal where organization_id = $1 and audit_id = $2', [id])
    expect(await first.verify()).toMatchObject({ fault: { kind: 'seal_missing', seq: 4 } })
    await first.tamper('update audit_seal set seq = seq - 1 where organization_id = $1 and seq > 4')
    expect(await first.verify()).toMatchObject({ fault: { kind: 'seal_forged', seq: 4 } })
  })

  test('finds a chain that was made anew from its first change on by somebody without the key', async () => {
    const { organizationId, verify, tamper, idOf, actor } = await chained()
    const forger = createCrypto([Buffer.alloc(32, 9)])
    await tamper(`update audit set changes = '{}' where organization_id = $1 and id = $2`, [await idOf(2)])
    const rows = await inTenant(api.deps.db, actor, (tx) => tx.select().from(audit).orderBy(audit.id))
    const { rows: seals } = await api.owner.query<{ hash: string }>(
      'select hash from audit_seal where organization_id = $1 and seq = 1',
      [organizationId],
    )
    let previous = seals[0]?.hash ?? ''
    for (const [i, row] of rows.entries()) {
      if (i === 0) continue
      const hash = forger.seal(previous, canonicalText(row))
      await tamper('update audit_seal set previous_hash = $3, hash = $4 where organization_id = $1 and seq = $2', [
        i + 1,
        previous,
        hash,
      ])
      previous = hash
    }
    expect(await verify()).toMatchObject({ intact: false, fault: { kind: 'seal_forged', seq: 2 } })
  })

  test('finds an end that was cut off, and a chain put in the place of another, by the anchors', async () => {
    const { verify, tamper, write, actor, organizationId, idOf } = await chained()
    await sweep('audit-head', actor)
    const cut = [await idOf(5), await idOf(6)]
    await tamper('delete from audit_seal where organization_id = $1 and seq > 4')
    await tamper('delete from audit where organization_id = $1 and id = any ($2)', [cut])
    expect(await verify()).toMatchObject({ intact: false, verifiedSeals: 4, fault: { kind: 'end_cut_off', seq: 5 } })
    // New records take the places of the old ones, sealed with the right key.
    await write(3)
    expect(await verify()).toMatchObject({ intact: false, fault: { kind: 'chain_replaced', seq: 6 } })

    const year = new Date().getUTCFullYear()
    const [kept] = await api.deps.store.list(`${organizationId}/audit-anchors/${year}/`)
    const head = {
      organizationId,
      seq: 4,
      auditId: newId(),
      hash: '0'.repeat(64),
      sealedAt: '',
      signature: 'f'.repeat(64),
    }
    await api.deps.store.put(kept?.key ?? '', Buffer.from(JSON.stringify(head)), 'application/json')
    expect(await verify()).toMatchObject({ intact: false, fault: { kind: 'anchor_forged' } })
  })

  test('finds a row that was slipped in with a date of the past', async () => {
    const { verify, tamper } = await chained()
    const id = `${idFloor(Date.now() - 40 * 86_400_000).slice(0, 13)}${newId().slice(13)}`
    await tamper(
      `insert into audit (organization_id, id, action, entity, entity_id, actor_kind, changes)
       values ($1, $2, 'studio:updated', 'organization', $1, 'system', '{}')`,
      [id],
    )
    expect(await verify()).toMatchObject({ intact: false, fault: { kind: 'row_slipped_in', auditId: id } })
  })
})

describe('the months of the log', () => {
  test('lie ahead, and a row goes into its own', async () => {
    const { actor, organizationId } = await chained(1)
    await sweep('audit-months', actor)
    const months = await listAuditMonths(api.deps.db)
    const now = new Date()
    const ahead = [0, 1, 2, 3].map((i) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + i)).toISOString().slice(0, 7),
    )
    expect(months).toEqual(expect.arrayContaining(ahead))
    const { rows } = await api.owner.query<{ part: string }>(
      'select distinct tableoid::regclass::text as part from audit where organization_id = $1',
      [organizationId],
    )
    expect(rows).toEqual([{ part: `audit_${ahead[0]?.replace('-', '_')}` }])
  })

  test('after seven years go to the object store whole, and only then out of the database', async () => {
    const month = '2018-03'
    await api.owner.query(`select sys.add_audit_partition('2018-03-01')`)
    const [one, other] = [await chained(0), await chained(0)]
    for (const { organizationId } of [one, other]) {
      for (const day of [4, 5, 6])
        await api.owner.query(
          `insert into audit (organization_id, id, action, entity, entity_id, actor_kind, changes, at)
           values ($1, $2, 'studio:updated', 'organization', $1, 'system', '{"old": true}', $3)`,
          [organizationId, `${idFloor(Date.UTC(2018, 2, day)).slice(0, 13)}${newId().slice(13)}`, `2018-03-0${day}`],
        )
      await relayOrganization(api.deps.db, api.deps.crypto, organizationId)
    }
    await one.write(2)
    expect(await one.verify()).toMatchObject({ intact: true, verifiedSeals: 5 })

    expect(await dropAuditPartition(api.deps.db, month)).toBe(false)
    await archiveMonth(api.deps, one.actor, month)
    expect(await dropAuditPartition(api.deps.db, month)).toBe(false)
    expect(await listAuditMonths(api.deps.db)).toContain(month)
    await sweep('audit-months', other.actor)
    expect(await listAuditMonths(api.deps.db)).not.toContain(month)

    const stored = await api.deps.store.list(`${one.organizationId}/audit-archive/${month}/`)
    const part = stored.find(({ key }) => key.endsWith('.ndjson.gz'))
    const lines = gunzipSync(Buffer.from((await api.deps.store.get(part?.key ?? '')) ?? []))
      .toString()
      .split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { seal: { seq: number } }).seal.seq)).toEqual([1, 2, 3])

    // The chain still holds, and goes on; without the archive's genuine row it would not.
    expect(await one.verify()).toMatchObject({ intact: true, verifiedSeals: 5, archivedMonths: 1 })
    await one.write(1)
    expect(await one.verify()).toMatchObject({ intact: true, verifiedSeals: 6 })
    await api.owner.query(`alter table audit_archive disable trigger audit_archive_append_only`)
    await api.owner.query(`update audit_archive set row_count = 4 where organization_id = $1`, [one.organizationId])
    await api.owner.query(`alter table audit_archive enable trigger audit_archive_append_only`)
    expect(await one.verify()).toMatchObject({ intact: false, fault: { kind: 'row_missing', seq: 1 } })
  })

  test('are let go of after seven years and not before', async () => {
    expect(monthsPast(['2018-10', '2019-10', '2019-11', '2026-11'], new Date('2026-11-21T10:00:00Z'))).toEqual([
      '2018-10',
      '2019-10',
    ])
    await expect(dropAuditPartition(api.deps.db, '2026-11')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('seven years') },
    })
  })
})
