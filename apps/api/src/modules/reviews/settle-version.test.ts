import type { EventData } from '@sparkle/shared/events'
import { afterAll, expect, test } from 'vitest'
import type { Person } from '../../../test/harness.ts'
import { runHandlers } from '../../../test/run-handlers.ts'
import { openUrlKit } from '../../../test/url-kit.ts'
import { handlers } from '../../jobs/handlers.ts'
import { composeShort } from '../notifications/mail.service.ts'
import { orderOf, type Told } from '../notifications/notices.ts'

const { api, studio, manager, project, passedBuild } = await openUrlKit()
afterAll(() => api.close())

const [admin, ann] = [await studio.person('admin'), await studio.person('owner')]

async function draft(projectId: string): Promise<string> {
  const buildId = await passedBuild(projectId)
  return (await api.as(manager).post(`/projects/${projectId}/versions`).send({ buildId }).expect(201)).body.id
}
const send = (id: string) => api.as(manager).post(`/versions/${id}/send`)
const approve = (person: Person, id: string, body: object = {}) =>
  api
    .as(person)
    .post(`/versions/${id}/decisions`)
    .send({ decision: 'approve', ...body })
const see = async (person: Person, id: string) => (await api.as(person).get(`/versions/${id}`).expect(200)).body

/** The only one beside Ann who owns her account. */
async function secondOwner(): Promise<Person> {
  await api.owner.query('update memberships set deactivated_at = now() where account_id = $1 and user_id <> $2', [
    ann.accountId,
    ann.userId,
  ])
  const person = await studio.person('owner')
  await api.owner.query('update memberships set account_id = $2 where user_id = $1', [person.userId, ann.accountId])
  return person
}

/** A game that Ann has approved and that waits for the other owner. */
async function halfApproved(): Promise<{ projectId: string; id: string }> {
  const projectId = await project()
  await api.owner.query("update projects set account_id = $2, approvers = 'all' where id = $1", [
    projectId,
    ann.accountId,
  ])
  const id = await draft(projectId)
  await send(id).expect(200)
  await approve(ann, id).expect(201)
  expect(await see(ann, id)).toMatchObject({ status: 'waiting', approversLeft: 1 })
  return { projectId, id }
}

/** The worker's own, by the types of events that each names. */
const followed = ['settle-reviews', 'erase-person', 'notifications']
const followers = handlers.filter(({ name }) => followed.includes(name))
let seen = 0
async function follow(): Promise<void> {
  seen = await runHandlers(api.deps, studio.organizationId, followers, seen)
}

/** The record of an approval, and what the feed and the admin are told of it. */
async function toldOf(id: string) {
  await follow()
  const { rows } = await api.owner.query(
    "select actor_kind as by, changes from audit where entity_id = $1 and action = 'review:approved'",
    [id],
  )
  const { items } = (await api.as(ann).get('/activity?about=review').expect(200)).body
  const event = items.find(({ data }: { data: EventData }) => data['versionId'] === id)
  const news = (await api.as(admin).get('/notifications?limit=100').expect(200)).body.items.filter(
    ({ data }: { data: EventData }) => data['versionId'] === id,
  )
  const place = { publicOrigin: 'http://studio.test', gamesOrigin: 'http://games.test' }
  const mails = news.map((one: Told) => composeShort({ name: 'Studio', accent: null }, 'en', orderOf(place, one)).body)
  return { record: rows, event: event.data, actorName: news[0].data.actorName, mails }
}
const statusOf = async (projectId: string) =>
  (await api.as(manager).get(`/projects/${projectId}`).expect(200)).body.status

test('a version settles by itself once the rule asks nobody any more', async () => {
  await secondOwner()
  const { projectId, id } = await halfApproved()
  const change = (body: object) => api.as(manager).patch(`/projects/${projectId}/approval`).send(body).expect(200)
  await change({ requireApproval: true })
  expect((await see(ann, id)).status).toBe('waiting')
  await change({ approvers: 'one' })
  expect((await see(ann, id)).status).toBe('approved')
  expect(await statusOf(projectId)).toBe('complete')
  expect(await toldOf(id)).toMatchObject({
    record: [{ by: 'user', changes: { settledBy: 'rule' } }],
    event: { settledBy: 'rule' },
    actorName: undefined,
    mails: ['Version 1 of Chelsea’s game counts as approved: one approval is enough now.'],
  })
})

test('a version that somebody decides on is told of by their name', async () => {
  const projectId = await project()
  await api.owner.query('update projects set account_id = $2 where id = $1', [projectId, ann.accountId])
  const id = await draft(projectId)
  await send(id).expect(200)
  await approve(ann, id).expect(201)
  const told = await toldOf(id)
  const { displayName } = (await api.as(ann).get('/me').expect(200)).body.user
  expect(told).toMatchObject({
    record: [{ by: 'user', changes: { decision: 'approve', onBehalf: false } }],
    actorName: displayName,
    mails: [`${displayName} has approved version 1 of Chelsea’s game.`],
  })
  for (const facts of [told.record[0].changes, told.event]) expect(facts).not.toHaveProperty('settledBy')
})

const member = (userId: string) => `/accounts/${ann.accountId}/members/${userId}`
test.each([
  ['is deactivated', (id: string) => api.as(admin).post(`/users/${id}/deactivate`)],
  ['is removed from the account', (id: string) => api.as(admin).delete(member(id))],
  ['owns the account no longer', (id: string) => api.as(admin).patch(member(id)).send({ role: 'member' })],
  [
    'is erased',
    (id: string) =>
      api
        .as(admin)
        .post('/people/erasures')
        .send({ subject: { userId: id }, reason: 'Asked' }),
  ],
])('a version settles by itself once the last owner to be asked %s', async (_how, leave) => {
  const ben = await secondOwner()
  // Nobody waits for somebody who was invited and has not come.
  const invited = { email: `${ben.userId}@invited.test`, role: 'owner' }
  await api.as(admin).post(`/accounts/${ann.accountId}/invitations`).send(invited).expect(201)
  const { projectId, id } = await halfApproved()
  await follow()
  expect((await see(ann, id)).status).toBe('waiting')
  expect((await leave(ben.userId)).status).toBeLessThan(300)
  await follow()
  expect((await see(ann, id)).status).toBe('approved')
  expect(await statusOf(projectId)).toBe('complete')
  await runHandlers(api.deps, studio.organizationId, followers)
  expect(await toldOf(id)).toMatchObject({
    record: [{ by: 'system', changes: { settledBy: 'owner_left' } }],
    event: { settledBy: 'owner_left' },
    actorName: undefined,
    mails: ['Version 1 of Chelsea’s game counts as approved: everybody who is still asked has approved it.'],
  })
})

test('an older draft is not sent after a newer version', async () => {
  const projectId = await project()
  const [older, newer] = [await draft(projectId), await draft(projectId)]
  await send(newer).expect(200)
  await send(older).expect(409, /version.newer_sent/)
  expect((await see(manager, newer)).status).toBe('waiting')
  await send(await draft(projectId)).expect(200)
})

test('a denial of reviews in one project counts in the list over all projects', async () => {
  const [open, closed] = [await project(), await project()]
  for (const id of [open, closed]) await send(await draft(id)).expect(200)
  const denied = await studio.person('manager')
  const denial = { effect: 'deny', permission: 'reviews:*', projectId: closed, reason: 'Their own pet' }
  await api.as(admin).post(`/users/${denied.userId}/grants`).send(denial).expect(201)
  const listed = async () =>
    (await api.as(denied).get('/versions?limit=100').expect(200)).body.items.map(
      (one: { projectId: string }) => one.projectId,
    )
  // A session that was looked at before hears of it a moment later.
  await expect.poll(listed).not.toContain(closed)
  expect(await listed()).toContain(open)
})

test('a guest who may only look is told neither decisions nor how much was said; one who may comment is', async () => {
  const projectId = await project()
  const id = await draft(projectId)
  await send(id).expect(200)
  await api.as(manager).post(`/versions/${id}/comments`).send({ body: 'The scar', anchor: null }).expect(201)
  await approve(manager, id, { note: 'By phone: keep the scar' }).expect(201)
  const asGuest = async (scope: string) => {
    const link = await api.as(manager).post(`/projects/${projectId}/guest-links`).send({ scope }).expect(201)
    const token = link.body.url.split('/r/')[1]
    const session = await api.as(null).post(`/public/reviews/${token}`).send({ name: 'Granny' }).expect(200)
    return see({ token: session.body.token } as Person, id)
  }
  expect(await asGuest('view')).toMatchObject({ status: 'approved', decisions: [], comments: { total: 0, open: 0 } })
  expect(await asGuest('comment')).toMatchObject({
    decisions: [{ note: 'By phone: keep the scar' }],
    comments: { total: 1 },
  })
})
