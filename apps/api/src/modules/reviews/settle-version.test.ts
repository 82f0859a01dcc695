import { afterAll, expect, test } from 'vitest'
import type { Person } from '../../../test/harness.ts'
import { openUrlKit } from '../../../test/url-kit.ts'
import type { Job } from '../../core/event-handlers.ts'
import { reviewHandlers } from './reviews.events.ts'

const { api, studio, manager, project, passedBuild } = await openUrlKit()
afterAll(() => api.close())

const [admin, ann, ben] = [await studio.person('admin'), await studio.person('owner'), await studio.person('owner')]
await api.owner.query('update memberships set account_id = $2 where user_id = $1', [ben.userId, ann.accountId])

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

/** A game that Ann has approved and that waits for Ben. */
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

test('a version settles by itself once nobody is left to ask: the rule changes, or the last owner goes', async () => {
  const [ruled, left] = [await halfApproved(), await halfApproved()]
  await api.as(manager).patch(`/projects/${ruled.projectId}/approval`).send({ requireApproval: true }).expect(200)
  expect((await see(ann, ruled.id)).status).toBe('waiting')
  await api.as(manager).patch(`/projects/${ruled.projectId}/approval`).send({ approvers: 'one' }).expect(200)
  expect((await see(ann, ruled.id)).status).toBe('approved')
  expect((await api.as(manager).get(`/projects/${ruled.projectId}`).expect(200)).body.status).toBe('complete')

  const [handler] = reviewHandlers
  const { organizationId } = studio
  const actor = { kind: 'system', organizationId, job: 'settle-reviews' } as const
  const job = { actor, step: (_name: string, work: () => Promise<unknown>) => work() } as unknown as Job
  const tell = () => handler?.run(api.deps, { organizationId } as never, job)
  await tell()
  expect((await see(ann, left.id)).status).toBe('waiting')
  await api.as(admin).post(`/users/${ben.userId}/deactivate`).expect(200)
  await tell()
  await tell()
  expect((await see(ann, left.id)).status).toBe('approved')
  const { rows } = await api.owner.query("select 1 from audit where entity_id = $1 and action = 'review:approved'", [
    left.id,
  ])
  expect(rows).toHaveLength(1)
  await api.as(admin).post(`/users/${ben.userId}/reactivate`).expect(200)
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
