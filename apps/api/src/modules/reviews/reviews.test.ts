import { afterAll, describe, expect, test } from 'vitest'
import { openUrlKit } from '../../../test/url-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { insertVersion, nextNumber } from './reviews.queries.ts'

const { api, studio, manager, artist, project, reserve, passedBuild, freshSlug } = await openUrlKit()
afterAll(() => api.close())

const admin = await studio.person('admin')
const owner = await studio.person('owner')
const member = await studio.person('member')

/** A project of the customer's account, which requires approval. */
async function ordered(body: object = {}): Promise<string> {
  const id = await project(manager, body)
  await api.owner.query('update projects set account_id = $2, require_approval = true where id = $1', [
    id,
    owner.accountId,
  ])
  return id
}

async function joinAccount(person: Person, role: 'owner' | 'member') {
  await api.owner.query('update memberships set account_id = $2, role = $3 where user_id = $1', [
    person.userId,
    owner.accountId,
    role,
  ])
}
await joinAccount(member, 'member')

async function draft(projectId: string, buildId: string, by: Person = manager) {
  const { body } = await api
    .as(by)
    .post(`/projects/${projectId}/versions`)
    .send({ buildId, changelog: 'New' })
    .expect(201)
  return body as { id: string; number: number; version: number }
}
async function sent(projectId: string, buildId: string) {
  const { id } = await draft(projectId, buildId)
  return (await api.as(manager).post(`/versions/${id}/send`).expect(200)).body
}
const decide = (person: Person, id: string, body: object) => api.as(person).post(`/versions/${id}/decisions`).send(body)
const statusOf = async (id: string) => (await api.as(manager).get(`/projects/${id}`).expect(200)).body.status
const eventsOf = async (id: string) =>
  (await api.owner.query("select type, data from outbox where data ->> 'versionId' = $1 order by created_at, id", [id]))
    .rows

describe('a version', () => {
  test('is numbered, sent and decided on; the project moves with it and those concerned hear of it', async () => {
    const projectId = await ordered()
    const build = await passedBuild(projectId)
    const made = await draft(projectId, build)
    expect(made).toMatchObject({ number: 1, status: 'draft', kind: 'build', lookAt: null, mayDecide: false })
    await api.as(owner).get(`/versions/${made.id}`).expect(404)
    expect((await api.as(owner).get(`/projects/${projectId}/versions`).expect(200)).body.items).toEqual([])
    await decide(manager, made.id, { decision: 'approve', note: 'By phone' }).expect(409, /version.not_waiting/)
    await api.as(manager).patch(`/versions/${made.id}`).set('if-match', '"v9"').send({ changelog: 'x' }).expect(412)
    await api.as(manager).patch(`/versions/${made.id}`).send({ changelog: 'Brighter' }).expect(200)

    await api.as(manager).post(`/versions/${made.id}/send`).expect(200)
    await api
      .as(manager)
      .post(`/versions/${made.id}/send`)
      .expect(409, /version.already_sent/)
    expect(await statusOf(projectId)).toBe('review')
    const seen = (await api.as(owner).get('/versions?status=waiting&include=total').expect(200)).body
    expect(seen.items[0]).toMatchObject({
      id: made.id,
      changelog: 'Brighter',
      mayDecide: true,
      createdByName: null,
      lookAt: { versionId: made.id, number: 1, because: 'newest' },
      previewUrl: expect.stringContaining('/_p/'),
    })
    expect((await api.as(member).get(`/versions/${made.id}`).expect(200)).body.mayDecide).toBe(false)

    await decide(member, made.id, { decision: 'approve' }).expect(403, /auth.forbidden/)
    await decide(owner, made.id, { decision: 'request_changes' }).expect(422, /review.note_needed/)
    const wish = { decision: 'request_changes', note: 'Her ears', checklist: ['Longer ears'] }
    const decided = (await decide(owner, made.id, wish).expect(201)).body
    expect(decided).toMatchObject({
      status: 'changes_requested',
      mayDecide: false,
      decisions: [{ ...wish, mine: true }],
    })
    expect(await statusOf(projectId)).toBe('in_progress')
    await decide(owner, made.id, { decision: 'approve' }).expect(409, /version.not_waiting/)
    await api
      .as(manager)
      .patch(`/versions/${made.id}`)
      .send({ changelog: 'y' })
      .expect(409, /version.decided/)
    expect((await eventsOf(made.id)).map(({ type }) => type)).toEqual([
      'version:drafted',
      'version:updated',
      'version:added',
      'review:changes-requested',
    ])

    const second = await sent(projectId, await passedBuild(projectId))
    const third = await sent(projectId, await passedBuild(projectId))
    expect((await api.as(owner).get(`/versions/${second.id}`)).body).toMatchObject({
      status: 'superseded',
      lookAt: { number: 3 },
    })
    await decide(owner, third.id, { decision: 'approve' }).expect(201)
    expect(await statusOf(projectId)).toBe('complete')
    const again = await sent(projectId, await passedBuild(projectId))
    expect(again.lookAt).toEqual({ versionId: third.id, number: 3, because: 'approved' })
    expect(await statusOf(projectId)).toBe('review')
  })

  test('is newer than those of lower numbers, also where it was begun before them', async () => {
    const projectId = await ordered()
    const [first, second] = [await passedBuild(projectId), await passedBuild(projectId)]
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
    await inTenant(api.deps.db, actor, async (tx) => {
      await draft(projectId, first)
      await insertVersion(tx, {
        id: newId(),
        projectId,
        kind: 'build',
        deliverableId: projectId,
        number: await nextNumber(tx, projectId),
        changelog: '',
        digest: second.replaceAll('-', '').padEnd(64, '0'),
        buildId: second,
        createdBy: manager.userId,
      })
    })
    for (const [sort, order] of [['-createdAt', [2, 1]] as const, ['createdAt', [1, 2]] as const]) {
      const { items } = (await api.as(manager).get(`/projects/${projectId}/versions?sort=${sort}`).expect(200)).body
      expect(items.map(({ number }: { number: number }) => number)).toEqual(order)
    }
  })

  test('is of something finished of the same project, made by those who work on it', async () => {
    const projectId = await ordered()
    const make = (person: Person, body: object) => api.as(person).post(`/projects/${projectId}/versions`).send(body)
    await make(manager, {}).expect(422)
    await make(manager, { buildId: await passedBuild(projectId, 'failed') }).expect(409, /version.source_not_ready/)
    await make(manager, { buildId: await passedBuild(await ordered()) }).expect(404, /build.not_found/)
    const buildId = await passedBuild(projectId)
    await make(artist, { buildId }).expect(403, /project.not_assigned/)
    await make(owner, { buildId }).expect(403, /auth.forbidden/)
    await api.as(manager).post(`/projects/${projectId}/assign`).send({ userId: artist.userId }).expect(200)
    const { id } = (await make(artist, { buildId }).expect(201)).body
    await api.as(manager).post(`/projects/${projectId}/status`).send({ status: 'on_hold' }).expect(200)
    await api
      .as(artist)
      .post(`/versions/${id}/send`)
      .expect(409, /project.illegal_transition/)
    await api.as(manager).post(`/projects/${projectId}/status`).send({ status: 'backlog' }).expect(200)
    await api.as(artist).post(`/versions/${id}/send`).expect(200)
    await decide(artist, id, { decision: 'approve', note: 'I like it' }).expect(403)
  })

  test('of another account does not exist', async () => {
    const stranger = await studio.person('owner')
    const projectId = await ordered()
    const waiting = await sent(projectId, await passedBuild(projectId))
    await api.as(stranger).get(`/versions/${waiting.id}`).expect(404)
    await decide(stranger, waiting.id, { decision: 'approve' }).expect(404)
    expect((await api.as(stranger).get('/versions').expect(200)).body.items).toEqual([])
    await api.as(owner).get(`/versions/${waiting.id}`).expect(200)
  })

  test('a grant or denial on its project reaches it', async () => {
    const projectId = await ordered()
    const { id } = await sent(projectId, await passedBuild(projectId))
    const denied = await studio.person('manager')
    await api
      .as(admin)
      .post(`/users/${denied.userId}/grants`)
      .send({ effect: 'deny', permission: 'reviews:approve', projectId, reason: 'Their own pet' })
      .expect(201)
    await decide(denied, id, { decision: 'approve', note: 'By phone' }).expect(403)
    const allowed = await studio.person('moderator')
    await decide(allowed, id, { decision: 'approve', note: 'By phone' }).expect(403)
    const grant = { effect: 'allow', permission: 'reviews:approve', projectId, reason: 'Knows the family' }
    await api.as(admin).post(`/users/${allowed.userId}/grants`).send(grant).expect(201)
    // A session that was looked at before hears of it a moment later.
    await expect
      .poll(async () => (await decide(allowed, id, { decision: 'approve', note: 'By phone' })).status)
      .toBe(201)
  })
})

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

test('pictures, sprites and documents are deliverables as well', async () => {
  const projectId = await ordered()
  const asset = async (type: string, variant: string) => {
    const id = newId()
    await api.owner.query(
      `insert into assets (organization_id, id, project_id, asset_type, filename, original_filename, mime_type, file_size,
         digest, processing_status, uploaded_at) values ($1, $2, $3, $4, 'a.png', 'a.png', 'image/png', 7, $5, 'ready', now())`,
      [studio.organizationId, id, projectId, type, '1'.repeat(64)],
    )
    await api.owner.query(
      `insert into asset_variants (organization_id, asset_id, variant, storage_key, mime_type, size_bytes, digest)
       values ($1, $2::uuid, $3, $2::text, 'image/webp', 7, $4)`,
      [studio.organizationId, id, variant, '2'.repeat(64)],
    )
    return id
  }
  const document = async () => {
    const [fileId, versionId] = [newId(), newId()]
    await api.owner.query(
      `insert into project_files (organization_id, id, project_id, name, current_number) values ($1, $2, $3, 'a.pdf', 1)`,
      [studio.organizationId, fileId, projectId],
    )
    await api.owner.query(
      `insert into project_file_versions (organization_id, id, file_id, number, filename, mime_type, size_bytes, storage_key,
         digest, arrived_at) values ($1, $2::uuid, $3, 1, 'a.pdf', 'application/pdf', 8, $2::text, $4, now())`,
      [studio.organizationId, versionId, fileId, '3'.repeat(64)],
    )
    return versionId
  }
  const sources = [
    ['sprite', { assetId: await asset('sprite', 'web') }],
    ['picture', { assetId: await asset('photo', 'web') }],
    ['file', { assetId: await asset('sound', 'original') }],
    ['file', { fileVersionId: await document() }],
  ] as const
  for (const [kind, source] of sources) {
    const made = await api.as(manager).post(`/projects/${projectId}/versions`).send(source).expect(201)
    await api.as(manager).post(`/versions/${made.body.id}/send`).expect(200)
    const seen = (await api.as(owner).get(`/versions/${made.body.id}`).expect(200)).body
    // What cannot be looked at is taken along, by a download that is on record.
    const fileUrl = kind === 'file' ? null : expect.any(String)
    expect(seen).toMatchObject({ kind, number: 1, status: 'waiting', fileUrl, mayDecide: true })
    await decide(owner, seen.id, { decision: 'approve' }).expect(201)
  }
})
