import { afterAll, describe, expect, test } from 'vitest'
import { openApprovalKit } from '../../../test/approval-kit.ts'
import type { Person } from '../../../test/harness.ts'

const kit = await openApprovalKit()
const {
  api,
  studio,
  manager,
  admin,
  owner,
  project,
  reserve,
  passedBuild,
  freshSlug,
  ordered,
  joinAccount,
  sent,
  decide,
  statusOf,
} = kit
afterAll(() => api.close())

describe('who has to approve', () => {
  test('all owners, where the project says so; each decides once', async () => {
    const other = await studio.person('owner')
    await joinAccount(other, 'owner')
    const projectId = await ordered()
    await api.as(manager).patch(`/projects/${projectId}/approval`).send({ approvers: 'all' }).expect(200)
    const { id } = await sent(projectId, await passedBuild(projectId))
    const half = (await decide(owner, id, { decision: 'approve' }).expect(201)).body
    expect(half).toMatchObject({ status: 'waiting', approversLeft: 1, mayDecide: false })
    await decide(owner, id, { decision: 'approve' }).expect(409, /review.already_decided/)
    expect(await statusOf(projectId)).toBe('review')
    const whole = (await decide(other, id, { decision: 'approve' }).expect(201)).body
    expect(whole).toMatchObject({ status: 'approved', approversLeft: null })
    const next = await sent(projectId, await passedBuild(projectId))
    await decide(manager, next.id, { decision: 'approve' }).expect(422, /review.note_needed/)
    const spoken = (await decide(manager, next.id, { decision: 'approve', note: 'Both said yes' }).expect(201)).body
    expect(spoken).toMatchObject({ status: 'approved', decisions: [{ onBehalf: true, note: 'Both said yes' }] })
    await api.owner.query('update memberships set deactivated_at = now() where user_id = $1', [other.userId])
  })
})

describe('a deploy', () => {
  test('goes live with an approved digest only, or by an admin with a reason on record', async () => {
    const projectId = await ordered()
    const url = await reserve(projectId, freshSlug())
    const [first, second] = [await passedBuild(projectId), await passedBuild(projectId)]
    const deploy = (person: Person, body: object) => api.as(person).post(`/urls/${url.id}/deploy`).send(body)
    await deploy(manager, { buildId: first }).expect(409, /none is approved yet/)
    const { id } = await sent(projectId, first)
    await deploy(manager, { buildId: first }).expect(409, /url.approval_required/)
    await decide(owner, id, { decision: 'approve' }).expect(201)
    await deploy(manager, { buildId: first }).expect(200)

    const approval = (await api.as(manager).get(`/projects/${projectId}/approval`).expect(200)).body
    expect(approval).toMatchObject({ required: true, requireApproval: true, approved: { number: 1, buildId: first } })
    const { body } = await deploy(manager, { buildId: second }).expect(409)
    expect(body).toMatchObject({ code: 'url.approval_required' })
    expect(body.detail).toContain(approval.approved.digest)
    // The same bytes built again are the approved ones.
    const twin = await passedBuild(projectId)
    await api.owner.query('update builds set digest = $2 where id = $1', [twin, approval.approved.digest])
    await deploy(manager, { buildId: twin }).expect(200)

    const overrideReason = 'The party is today'
    await deploy(manager, { buildId: second, overrideReason }).expect(403, /approval.admin_only/)
    await deploy(admin, { buildId: second, overrideReason }).expect(200)
    const { rows } = await api.owner.query(
      `select a.changes, o.data from audit a join outbox o on o.type = a.action and o.data ->> 'urlId' = a.entity_id::text
       where a.action = 'url:approval:overridden' and a.entity_id = $1`,
      [url.id],
    )
    expect(rows).toMatchObject([
      { changes: { reason: overrideReason, buildId: second }, data: { reason: overrideReason, buildId: second } },
    ])
  })

  test('is undone only to a build that might go live as well', async () => {
    const projectId = await ordered({})
    const url = await reserve(projectId, freshSlug())
    const [rushed, approved, next] = [
      await passedBuild(projectId),
      await passedBuild(projectId),
      await passedBuild(projectId),
    ]
    const send = (person: Person, verb: string, body?: object) =>
      api.as(person).post(`/urls/${url.id}/${verb}`).send(body)
    const approve = async (buildId: string) =>
      decide(owner, (await sent(projectId, buildId)).id, { decision: 'approve' }).expect(201)
    await send(admin, 'deploy', { buildId: rushed, overrideReason: 'The party is today' }).expect(200)
    for (const buildId of [approved, next]) {
      await approve(buildId)
      await send(manager, 'deploy', { buildId }).expect(200)
    }
    expect((await send(manager, 'rollback').expect(200)).body.liveBuildId).toBe(approved)

    const overrideReason = 'The game of today is broken'
    await send(manager, 'rollback').expect(409, /url.approval_required/)
    await send(manager, 'rollback', { overrideReason }).expect(403, /approval.admin_only/)
    await send(admin, 'rollback', {}).expect(409, /url.approval_required/)
    expect((await api.as(manager).get(`/urls/${url.id}`).expect(200)).body.liveBuildId).toBe(approved)
    const back = await send(admin, 'rollback', { overrideReason }).expect(200)
    expect(back.body.liveBuildId).toBe(rushed)
    const { rows } = await api.owner.query(
      `select a.changes ->> 'reason' as reason, o.data ->> 'buildId' as build from audit a
       join outbox o on o.type = a.action and o.data ->> 'reason' = a.changes ->> 'reason'
       where a.action = 'url:approval:overridden' and a.entity_id = $1 and o.data ->> 'urlId' = $1::text
       order by o.id desc limit 1`,
      [url.id],
    )
    expect(rows).toEqual([{ reason: overrideReason, build: rushed }])
  })

  test('by an admin with a second factor takes a fresh one to override', async () => {
    const careful = await studio.person('admin')
    const projectId = await ordered()
    const url = await reserve(projectId, freshSlug())
    const buildId = await passedBuild(projectId)
    await api.owner.query('update users set second_factor_at = now() where id = $1', [careful.userId])
    const deploy = (body: object) => api.as(careful).post(`/urls/${url.id}/deploy`).send(body)
    await deploy({ buildId, overrideReason: 'Now' }).expect(403, /auth.step_up_required/)
    await deploy({ buildId }).expect(409, /url.approval_required/)
    await api
      .as(careful)
      .post(`/urls/${url.id}/rollback`)
      .send({ overrideReason: 'Now' })
      .expect(403, /auth.step_up_required/)
  })

  test('follows the rule of the project, else of the studio; only an admin loosens it', async () => {
    const projectId = await ordered()
    const rule = (person: Person, body: object) => api.as(person).patch(`/projects/${projectId}/approval`).send(body)
    await rule(manager, { requireApproval: null }).expect(403, /approval.admin_only/)
    await rule(owner, { requireApproval: false }).expect(403)
    await api.as(owner).get(`/projects/${projectId}/approval`).expect(403)
    const loose = (await rule(admin, { requireApproval: null }).expect(200)).body
    expect(loose).toMatchObject({ required: false, requireApproval: null, studioRequiresApproval: false })
    const url = await reserve(projectId, freshSlug())
    const buildId = await passedBuild(projectId)
    await rule(manager, { requireApproval: true }).expect(200)
    await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(409)
    await rule(admin, { requireApproval: false }).expect(200)
    await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(200)
  })
})

test('first-time approval counts what was approved without a wish for changes before', async () => {
  const fresh = await api.studio()
  const boss = await fresh.person('admin')
  const figure = async () => (await api.as(boss).get('/dashboard/figures').expect(200)).body.totals
  const review = async (...decisions: string[]) => {
    const id = await project(boss)
    for (const decision of decisions) {
      const buildId = await passedBuild(id, 'passed', fresh)
      const made = await api.as(boss).post(`/projects/${id}/versions`).send({ buildId }).expect(201)
      await api.as(boss).post(`/versions/${made.body.id}/send`).expect(200)
      await decide(boss, made.body.id, { decision, note: 'By phone' }).expect(201)
    }
  }
  expect((await figure()).firstTimeApproval).toEqual({ value: null, before: null })
  await review('approve', 'request_changes', 'approve')
  await review('request_changes', 'approve')
  await review('request_changes')
  expect(await figure()).toMatchObject({ firstTimeApproval: { value: 0.5 }, approved: { value: 2 } })
  const behind = (await api.as(boss).get('/dashboard/figures/approved/projects').expect(200)).body.items
  expect(behind.map(({ value }: { value: number }) => value)).toEqual([1, 0])
})

describe('the studio’s checklist', () => {
  test('is ticked with an approval and kept with it as it was', async () => {
    const fresh = await api.studio()
    const [boss, client] = [await fresh.person('admin'), await fresh.person('owner')]
    const at = `/organizations/${fresh.organizationId}`
    await api
      .as(boss)
      .patch(at)
      .send({ reviewChecklist: ['The name is right', ' The ears '] })
      .expect(200)
    await api
      .as(boss)
      .patch(at)
      .send({ reviewChecklist: Array.from({ length: 21 }, () => 'x') })
      .expect(422)
    const next = async () => {
      const id = await project(boss)
      await api.owner.query('update projects set account_id = $2 where id = $1', [id, client.accountId])
      const buildId = await passedBuild(id, 'passed', fresh)
      const made = await api.as(boss).post(`/projects/${id}/versions`).send({ buildId }).expect(201)
      return (await api.as(boss).post(`/versions/${made.body.id}/send`).expect(200)).body
    }
    const version = await next()
    expect(version.points).toEqual(['The name is right', 'The ears'])
    const approve = (ticked: string[], id = version.id) => decide(client, id, { decision: 'approve', ticked })
    await approve(['The name is right']).expect(422, /review.points_open/)
    await approve(['The name is right', 'The tail']).expect(422, /review.unknown_point/)
    const approved = (await approve(['The ears', 'The name is right']).expect(201)).body
    const points = [
      { text: 'The name is right', ticked: true },
      { text: 'The ears', ticked: true },
    ]
    expect(approved.decisions).toMatchObject([{ points }])
    await api.as(boss).patch(at).send({ reviewChecklist: [] }).expect(200)
    expect((await api.as(client).get(`/versions/${version.id}`).expect(200)).body).toMatchObject({
      points: [],
      decisions: [{ points }],
    })
    const [free, spoken, sad] = [await next(), await next(), await next()]
    await approve([], free.id).expect(201)
    await api
      .as(boss)
      .patch(at)
      .send({ reviewChecklist: ['The ears'] })
      .expect(200)
    // A wish for changes needs no ticks, and what was said by phone is the studio's word.
    await decide(client, sad.id, { decision: 'request_changes', note: 'Ears' }).expect(201)
    await decide(boss, spoken.id, { decision: 'approve', note: 'By phone' }).expect(201)
  })
})
