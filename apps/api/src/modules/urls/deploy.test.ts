import { afterAll, describe, expect, test } from 'vitest'
import { openUrlKit, years } from '../../../test/url-kit.ts'
import { newId } from '../../core/ids.ts'

const { api, manager, artist, freshSlug, project, reserve, passedBuild, auditOf } = await openUrlKit()
afterAll(() => api.close())

describe('deploying', () => {
  test.each([
    ['express', 1],
    ['custom', 2],
    ['premium', 5],
  ])('an address of package %s is live for %i years', async (packageType, term) => {
    const projectId = await project(manager, { packageType })
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const { body } = await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId, replaces: null }).expect(200)
    expect(body).toMatchObject({ status: 'active', liveBuildId: buildId, version: 2 })
    expect(years(body.deployedAt, body.expiresAt)).toBe(term)
    expect(await auditOf(url.id)).toEqual(['url:reserved', 'url:deployed'])
  })

  test('a second deploy replaces the first, keeps the term and can be rolled back', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const [one, two] = [await passedBuild(projectId), await passedBuild(projectId)]
    const deploy = (body: object) => api.as(manager).post(`/urls/${url.id}/deploy`).send(body)
    const first = (await deploy({ buildId: one })).body
    await deploy({ buildId: two, replaces: two }).expect(409, /url.live_build_changed/)
    await deploy({ buildId: two, replaces: null }).expect(409, /url.live_build_changed/)
    await deploy({ buildId: one }).expect(409, /url.already_live/)
    const second = (await deploy({ buildId: two, replaces: one }).expect(200)).body
    expect(second).toMatchObject({ liveBuildId: two, expiresAt: first.expiresAt })
    const back = (await api.as(manager).post(`/urls/${url.id}/rollback`).expect(200)).body
    expect(back.liveBuildId).toBe(one)
    await api
      .as(manager)
      .post(`/urls/${url.id}/rollback`)
      .expect(409, /url.nothing_to_roll_back/)
    const history = (await api.as(artist).get(`/urls/${url.id}/deployments?include=total`).expect(200)).body
    expect(history.total).toBe(3)
    expect(history.items.map((item: object) => item)).toMatchObject([
      { kind: 'rollback', buildId: one, previousBuildId: two, by: expect.any(String) },
      { kind: 'deploy', buildId: two, previousBuildId: one },
      { kind: 'deploy', buildId: one, previousBuildId: null },
    ])
    const page = (await api.as(manager).get(`/urls/${url.id}/deployments?limit=2`)).body
    const rest = (await api.as(manager).get(`/urls/${url.id}/deployments?limit=2&cursor=${page.nextCursor}`)).body
    expect([...page.items, ...rest.items]).toEqual(history.items)
  })

  test('does not go back to a build that was erased meanwhile', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const [one, two] = [await passedBuild(projectId), await passedBuild(projectId)]
    for (const buildId of [one, two]) await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(200)
    const rollBack = () => api.as(manager).post(`/urls/${url.id}/rollback`)
    await api.owner.query("update builds set status = 'failed' where id = $1", [one])
    await rollBack().expect(409, /url.build_not_ready/)
    expect((await api.as(manager).get(`/urls/${url.id}`)).body).toMatchObject({ status: 'active', liveBuildId: two })
    await api.owner.query("update builds set status = 'passed' where id = $1", [one])
    expect((await rollBack().expect(200)).body.liveBuildId, 'the control').toBe(one)
  })

  test('two at once: one wins, the other is told', async () => {
    const projectId = await project()
    for (let round = 0; round < 8; round += 1) {
      const url = await reserve(projectId)
      const builds = [await passedBuild(projectId), await passedBuild(projectId)]
      const replies = await Promise.all(
        builds.map((buildId) => api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId, replaces: null })),
      )
      expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409])
      const { rows } = await api.owner.query('select count(*)::int as deployments from deployments where url_id = $1', [
        url.id,
      ])
      expect(rows).toEqual([{ deployments: 1 }])
    }
  })

  test('while another deploy is under way, 409; counting a visit is no deploy', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const client = await api.owner.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`deploy\n${url.id}`])
      await api
        .as(manager)
        .post(`/urls/${url.id}/deploy`)
        .send({ buildId })
        .expect(409, /url.deploy_in_progress/)
      await client.query('rollback')
      await client.query('begin')
      await client.query('update urls set view_count = view_count + 1 where id = $1', [url.id])
      const waiting = api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(200)
      setTimeout(() => void client.query('commit'), 100)
      await waiting
    } finally {
      client.release()
    }
  })

  test('nothing goes live, back or on for a project that was deleted, until it is restored', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const deploy = () => api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId })
    await api.as(manager).delete(`/projects/${projectId}`).expect(204)
    await deploy().expect(409, /url.project_deleted/)
    for (const verb of ['rollback', 'renew'])
      await api
        .as(manager)
        .post(`/urls/${url.id}/${verb}`)
        .expect(409, /url.project_deleted/)
    await api.as(manager).post(`/projects/${projectId}/restore`).expect(200)
    await deploy().expect(200)
    await api
      .as(manager)
      .post(`/urls/${url.id}/rollback`)
      .expect(409, /url.nothing_to_roll_back/)
  })

  test('only a passed build of the same project goes live', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const deploy = (buildId: string) => api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId })
    await deploy(await passedBuild(projectId, 'failed')).expect(409, /url.build_not_ready/)
    await deploy(await passedBuild(await project())).expect(422, /url.build_of_another_project/)
    await deploy(newId()).expect(404, /build.not_found/)
    await deploy(await passedBuild(projectId)).expect(200)
  })

  test('a studio that requires approval deploys nothing without one', async () => {
    const careful = await api.studio({ requireApproval: true })
    const boss = await careful.person('admin')
    const projectId = await project(boss)
    const url = await reserve(projectId, freshSlug(), boss)
    const buildId = await passedBuild(projectId, 'passed', careful)
    await api
      .as(boss)
      .post(`/urls/${url.id}/deploy`)
      .send({ buildId })
      .expect(409, /url.approval_required/)
    await api.owner.query('update organizations set require_approval = false where id = $1', [careful.organizationId])
    await api.as(boss).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(200)
  })

  test('the same key deploys once', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const deploy = () =>
      api.as(manager).post(`/urls/${url.id}/deploy`).set('idempotency-key', `k-${url.id}`).send({ buildId })
    const first = await deploy().expect(200)
    const again = await deploy().expect(200)
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotent-replayed']).toBe('true')
  })
})

describe('a preview of a deploy', () => {
  const file = (path: string, seed: number, sizeBytes: number) => ({
    path,
    mimeType: 'text/html',
    sizeBytes,
    digest: String(seed).padStart(64, '0'),
  })
  const withFiles = (buildId: string, files: object[]) =>
    api.owner.query('update builds set files = $2 where id = $1', [buildId, JSON.stringify(files)])

  test('tells what becomes new, modified, removed and stays the same, by digest', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const [one, two] = [await passedBuild(projectId), await passedBuild(projectId)]
    await withFiles(one, [file('game.html', 1, 100), file('icon.png', 2, 50), file('old.png', 3, 7)])
    await withFiles(two, [file('game.html', 4, 100), file('icon.png', 2, 50), file('new.png', 3, 9)])
    const preview = (buildId: string) => api.as(artist).get(`/urls/${url.id}/deploy-preview?buildId=${buildId}`)
    expect((await preview(one).expect(200)).body).toMatchObject({
      liveBuildId: null,
      liveSizeBytes: null,
      counts: { new: 3, modified: 0, removed: 0, same: 0 },
    })
    await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId: one }).expect(200)
    expect((await preview(two).expect(200)).body).toEqual({
      liveBuildId: one,
      buildId: two,
      counts: { new: 1, modified: 1, removed: 1, same: 1 },
      sizeBytes: 159,
      liveSizeBytes: 157,
      files: [
        { path: 'new.png', change: 'new', sizeBytes: 9, liveSizeBytes: null },
        { path: 'game.html', change: 'modified', sizeBytes: 100, liveSizeBytes: 100 },
        { path: 'old.png', change: 'removed', sizeBytes: null, liveSizeBytes: 7 },
        { path: 'icon.png', change: 'same', sizeBytes: 50, liveSizeBytes: 50 },
      ],
    })
    await preview(await passedBuild(await project())).expect(422, /url.build_of_another_project/)
    await preview(await passedBuild(projectId, 'failed')).expect(404, /build.not_found/)
  })
})
