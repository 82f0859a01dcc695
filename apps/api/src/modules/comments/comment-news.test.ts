import { afterAll, describe, expect, test } from 'vitest'
import { openReviewKit } from '../../../test/review-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { rolePermissions } from '@sparkle/shared/permissions'
import type { UserActor } from '../../core/actor.ts'
import { readEvents } from '../../core/event-log.ts'
import { maySeeEvent } from '../../core/event-rights.ts'
import { inTenantRead } from '../../core/in-tenant.ts'
import { relayOrganization } from '../../jobs/relay.ts'
import { notificationHandlers } from '../notifications/notifications.events.ts'

const kit = await openReviewKit()
const { api, studio, manager, artist, owner, ordered, sent, draftOf, said } = kit
afterAll(() => api.close())
const moderator = await studio.person('moderator')
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const

/** Lets the worker's handlers hear of everything that has happened, twice, as delivery may. */
async function settle() {
  await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
  const events = await inTenantRead(api.deps.db, actor, (tx) => readEvents(tx, 0, 10_000))
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const job = { attempt: 1, actor, log: silent, step: <T>(_name: string, work: () => Promise<T>) => work() }
  const [handler] = notificationHandlers
  for (const event of [...events, ...events])
    if (handler?.on.includes(event.type)) await handler.run(api.deps, { ...event, ...actor }, job)
  return events
}
const told = async (person: Person): Promise<string[]> =>
  (
    await api.owner.query(
      "select kind, data ->> 'commentId' as id from notifications where user_id = $1 and kind like 'comment%' order by id",
      [person.userId],
    )
  ).rows
    .map(({ kind, id }) => `${kind} ${id}`)
    .sort()

const actorOf = (person: Person): UserActor => ({
  kind: 'user',
  userId: person.userId,
  displayName: 'Ann',
  sessionId: person.sessionId,
  organizationId: studio.organizationId,
  role: person.role,
  accountId: person.accountId,
  permissions: rolePermissions[person.role],
  origin: { address: '', userAgent: '', requestId: '' },
})

describe('the news of a comment', () => {
  test('reach whom it concerns, each once, and of internal ones no customer', async () => {
    const projectId = await ordered()
    const versionId = await sent(projectId)
    await api.as(manager).post(`/projects/${projectId}/assign`).send({ userId: artist.userId }).expect(200)
    const wish = await said(owner, versionId, { body: 'Bigger ears' })
    const answer = await said(artist, versionId, { body: 'Like this?', parentId: wish, mentions: [manager.userId] })
    const aside = await said(manager, versionId, { body: 'Unpaid', parentId: wish, internal: true })
    const inside = await said(artist, versionId, { body: 'Hm', internal: true, mentions: [manager.userId] })
    const open = await said(manager, versionId, { body: 'Look here' })
    const early = await said(artist, await draftOf(projectId, { buildId: await kit.passedBuild(projectId) }), {
      body: 'x',
    })
    const events = await settle()

    expect(await told(owner)).toEqual([`comment_replied ${answer}`, `comment_added ${open}`].sort())
    expect(await told(artist)).toEqual(
      [`comment_added ${wish}`, `comment_replied ${aside}`, `comment_added ${open}`].sort(),
    )
    expect(await told(manager)).toEqual(
      [
        `comment_added ${wish}`,
        `comment_mentioned ${answer}`,
        `comment_mentioned ${inside}`,
        `comment_added ${early}`,
      ].sort(),
    )
    const notice = (await api.as(owner).get('/notifications?kind=comment_replied').expect(200)).body.items[0]
    expect(notice.data).toMatchObject({ versionId, commentId: answer, number: 1, deliverable: 'build' })

    const hidden = [aside, inside, early]
    const ofComments = events.filter(({ type }) => type.startsWith('comment:'))
    const hears = (person: Person) =>
      ofComments.filter((event) => maySeeEvent(actorOf(person), event)).map(({ data }) => data['commentId'])
    expect(ofComments.map(({ data }) => data['commentId'])).toEqual(expect.arrayContaining(hidden))
    for (const person of [owner, moderator]) expect(hears(person)).toEqual([wish, answer, open])
    expect(hears(artist)).toHaveLength(6)
    for (const [person, total] of [
      [owner, 3],
      [moderator, 3],
      [artist, 6],
    ] as const) {
      const { body } = await api.as(person).get('/activity?about=comment&include=total').expect(200)
      expect([body.total, body.items.length]).toEqual([total, total])
    }
  })

  test('tell of a change only those it mentions anew, and of nothing that is gone', async () => {
    const versionId = await sent(await ordered())
    const one = await said(manager, versionId, { body: 'One' })
    const gone = await said(owner, versionId, { body: 'Two' })
    await api.as(owner).delete(`/comments/${gone}`).expect(204)
    await settle()
    const before = await told(owner)
    expect(before.filter((row) => row.includes(one))).toEqual([`comment_added ${one}`])
    expect((await told(manager)).some((row) => row.includes(gone))).toBe(false)
    await api.as(manager).patch(`/comments/${one}`).send({ body: 'One!' }).expect(200)
    await settle()
    expect(await told(owner)).toEqual(before)
    await api
      .as(manager)
      .patch(`/comments/${one}`)
      .send({ mentions: [owner.userId] })
      .expect(200)
    await settle()
    expect((await told(owner)).filter((row) => row.includes(one))).toEqual([
      `comment_added ${one}`,
      `comment_mentioned ${one}`,
    ])
  })
})
