import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openReviewKit } from '../../../test/review-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { remindSilent } from './review-reminders.ts'

const kit = await openReviewKit()
const { api, studio, manager, owner, ordered, sent, said } = kit
afterAll(() => api.close())
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const

/** Noon UTC, so many days from now. */
function noonIn(days: number, hour = 12): Date {
  const noon = new Date(Date.now() + days * 86_400_000)
  noon.setUTCHours(hour, 0, 0, 0)
  return noon
}
const remind = (now: Date) => inTenant(api.deps.db, actor, (tx) => remindSilent(tx, actor, now))
const toldOf = async (person: Person, versionId: string): Promise<number> =>
  (
    await api.owner.query(
      "select 1 from notifications where kind = 'version_waiting' and user_id = $1 and data ->> 'versionId' = $2",
      [person.userId, versionId],
    )
  ).rowCount ?? 0
/** As if the reminders so far had been written that many days later: they are counted by the database's clock. */
const shift = (days: number) =>
  api.owner.query(
    "update notifications set created_at = created_at + make_interval(days => $1) where kind = 'version_waiting'",
    [days],
  )
const settle = (id: string) =>
  api.owner.query("update deliverable_versions set status = 'superseded' where id = $1", [id])

describe('a silent customer', () => {
  let versionId: string
  beforeEach(async () => {
    if (versionId) await settle(versionId)
    versionId = await sent(await ordered())
  })

  test('is reminded after the days the studio gives them, three times at most, each time once', async () => {
    await remind(noonIn(2))
    expect(await toldOf(owner, versionId)).toBe(0)
    await remind(noonIn(4))
    await shift(4)
    await remind(noonIn(4))
    expect(await toldOf(owner, versionId)).toBe(1)
    await remind(noonIn(6))
    expect(await toldOf(owner, versionId)).toBe(1)
    await remind(noonIn(8))
    expect(await toldOf(owner, versionId)).toBe(2)
    await shift(4)
    await remind(noonIn(20))
    await shift(14)
    await remind(noonIn(60))
    expect(await toldOf(owner, versionId)).toBe(3)
    const notice = (await api.as(owner).get('/notifications?kind=version_waiting').expect(200)).body.items[0]
    expect(notice.data).toMatchObject({ versionId, number: 1, deliverable: 'build', petName: 'Chelsea' })
  })

  test('is left alone at night, when they have spoken or decided, and where they or the studio want it so', async () => {
    const other = await studio.person('member')
    await api.owner.query('update memberships set account_id = $2 where user_id = $1', [other.userId, owner.accountId])
    await remind(noonIn(9, 3))
    expect(await toldOf(owner, versionId)).toBe(0)
    const comment = await said(owner, versionId, { body: 'I look at it on Sunday' })
    await api.owner.query("update version_comments set created_at = now() + interval '8 days' where id = $1", [comment])
    await remind(noonIn(9))
    expect(await toldOf(owner, versionId)).toBe(0)
    await api.owner.query('update organizations set review_reminder_days = 0 where id = $1', [studio.organizationId])
    await remind(noonIn(40))
    await api.owner.query('update organizations set review_reminder_days = 3 where id = $1', [studio.organizationId])
    const off = ['in_app', 'mail', 'push', 'digest'].map((channel) => ({ kind: 'version_waiting', channel, on: false }))
    const wishes = (choices: object[]) =>
      api
        .as(owner)
        .put('/me/notification-preferences')
        .send({ choices, quietHours: null, digest: { every: 'never', hour: 8, weekday: 1 }, mentionsPassMute: true })
    await wishes(off).expect(200)
    await remind(noonIn(40))
    await wishes([]).expect(200)
    expect(await toldOf(owner, versionId)).toBe(0)
    await api
      .as(manager)
      .post(`/versions/${versionId}/decisions`)
      .send({ decision: 'approve', note: 'By phone' })
      .expect(201)
    await remind(noonIn(40))
    expect(await toldOf(owner, versionId)).toBe(0)

    // The control: the next one, of which none of this is true, is told of, to whoever may decide.
    versionId = await sent(await ordered())
    await remind(noonIn(40))
    expect([await toldOf(owner, versionId), await toldOf(other, versionId)]).toEqual([1, 0])
  })

  test('is reached however many come before them: each batch begins after the last one', async () => {
    const next = await sent(await ordered())
    const after = { versionId, userId: owner.userId }
    await inTenant(api.deps.db, actor, (tx) => remindSilent(tx, actor, noonIn(4), after))
    expect([await toldOf(owner, versionId), await toldOf(owner, next)]).toEqual([0, 1])
    await remind(noonIn(4))
    expect(await toldOf(owner, versionId)).toBe(1)
    await settle(next)
  })
})
