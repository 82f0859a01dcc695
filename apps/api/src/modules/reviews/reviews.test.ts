import { afterAll, describe, expect, test } from 'vitest'
import { openApprovalKit } from '../../../test/approval-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { insertVersion, nextNumber } from './reviews.queries.ts'

const kit = await openApprovalKit()
const { api, studio, manager, artist, admin, owner, member, passedBuild, ordered, draft, sent, decide, statusOf } = kit
afterAll(() => api.close())

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
