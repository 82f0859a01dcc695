import { afterAll, describe, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { chelsea } from '../../../test/photos.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { removeFiles } from './remove-files.service.ts'
import { trueName } from './asset-files.ts'

const { api, studio, manager, projectId, newProject, postFile, run, read, readyPhoto, download, auditOf } =
  await openAssetKit()
afterAll(() => api.close())

describe('reading files', () => {
  test('a signed link is good for one file, for everybody, and may be cached for ever', async () => {
    const { id, urls } = await readyPhoto()
    expect((await read(id)).urls).toEqual(urls)
    const whole = await download(urls.web)
    expect(whole.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=604800, immutable',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    })
    const etag = String(whole.headers['etag'])
    expect(await download(urls.web, { 'if-none-match': etag })).toMatchObject({ status: 304 })
    const head = await api.app.inject({ method: 'HEAD', url: new URL(urls.web ?? '').pathname })
    expect([head.statusCode, head.headers['content-length'], head.rawPayload.length]).toEqual([
      200,
      String(whole.bytes.length),
      0,
    ])
    const part = await download(urls.web, { range: 'bytes=10-19' })
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 10-19/${whole.bytes.length}`])
    expect(part.bytes).toEqual(whole.bytes.subarray(10, 20))
    expect((await download(urls.web, { range: 'bytes=99999999-' })).status).toBe(416)
    expect((await download(urls.web, { range: 'bytes=10-19', 'if-range': '"other"' })).status).toBe(200)
  })

  test('a forged or expired link, one for another purpose, or of a deleted asset is 404', async () => {
    const asset = await readyPhoto()
    const { crypto } = api.deps
    const ids = [studio.organizationId, asset.id, 'web', (await digestOf(asset.id, 'web')).slice(0, 16)]
    const open = (token: string) => download(`http://x/api/v1/files/${token}`)
    expect((await open(crypto.signToken('content', ids))).status).toBe(200)
    expect((await open(`${crypto.signToken('content', ids).slice(0, -2)}xx`)).status).toBe(404)
    expect((await open(crypto.signToken('content', ids, new Date(Date.now() - 1000)))).status).toBe(404)
    expect((await open(crypto.signToken('preview', ids))).status).toBe(404)
    expect((await open(crypto.signToken('content', [newId(), ...ids.slice(1)]))).status).toBe(404)
    expect((await open(crypto.signToken('content', [...ids.slice(0, 3), '0000000000000000']))).status).toBe(404)
    expect((await api.as(manager).delete(`/assets/${asset.id}`)).status).toBe(204)
    expect((await open(crypto.signToken('content', ids))).status).toBe(404)
  })

  async function digestOf(assetId: string, variant: string): Promise<string> {
    const { rows } = await api.owner.query('select digest from asset_variants where asset_id = $1 and variant = $2', [
      assetId,
      variant,
    ])
    return rows[0].digest
  }

  test('reading the original is on record, reading the thumb is not', async () => {
    const asset = await readyPhoto()
    const thumb = await api.as(manager).get(`/assets/${asset.id}/content?variant=thumb`)
    expect([thumb.status, thumb.headers['content-type']]).toEqual([200, 'image/webp'])
    expect(await auditOf(asset.id)).toEqual(['asset:added'])
    const { rows } = await api.owner.query(
      "select storage_key as key from asset_variants where asset_id = $1 and variant = 'original'",
      [asset.id],
    )
    const bytes = (await api.deps.store.get(rows[0].key)) as Uint8Array
    await api.deps.store.delete(rows[0].key)
    expect((await api.as(manager).get(`/assets/${asset.id}/content`)).status, 'nothing is there').toBe(404)
    expect(await auditOf(asset.id)).toEqual(['asset:added'])
    await api.deps.store.put(rows[0].key, bytes, 'image/png')
    const original = await api.as(manager).get(`/assets/${asset.id}/content`)
    expect(original.headers['content-disposition']).toContain('filename="chelsea.png"')
    expect(sha256(original.body as Buffer)).toBe(asset.digest)
    expect(await auditOf(asset.id)).toEqual(['asset:added', 'asset:downloaded'])
    const missing = await api.as(manager).get(`/assets/${asset.id}/content?variant=sheet`)
    expect([missing.status, missing.body.code]).toEqual([404, 'asset_variant.not_found'])
  })
})

describe('changing and listing', () => {
  test.each([
    ['x.exe', 'image/png', 'x.exe.png'],
    ['Rex', 'image/jpeg', 'Rex.jpg'],
    ['Rex.JPEG', 'image/jpeg', 'Rex.JPEG'],
    ['a.mp3', 'audio/mpeg', 'a.mp3'],
  ])('%s of %s is called %s', (name, mimeType, called) => {
    expect(trueName(name, mimeType)).toBe(called)
  })

  test('a stale If-Match is 412; the right one renames', async () => {
    const asset = await readyPhoto()
    const stale = await api.as(manager).patch(`/assets/${asset.id}`).set('if-match', '"v1"').send({ filename: 'x.png' })
    expect([stale.status, stale.body.code]).toEqual([412, 'version.stale'])
    const renamed = await api
      .as(manager)
      .patch(`/assets/${asset.id}`)
      .set('if-match', `"v${asset.version}"`)
      .send({ filename: 'best.png' })
    expect(renamed.body).toMatchObject({
      filename: 'best.png',
      originalFilename: 'chelsea.png',
      version: asset.version + 1,
    })
    expect(renamed.headers['etag']).toBe(`"v${asset.version + 1}"`)
    expect((await api.as(manager).patch(`/assets/${asset.id}`).send({ filename: 'a\u0000b' })).status).toBe(422)
  })

  test('a deleted asset is gone, and its files go with it', async () => {
    const asset = await readyPhoto()
    const files = await api.owner.query('select storage_key from asset_variants where asset_id = $1', [asset.id])
    expect(files.rows).toHaveLength(4)
    expect((await api.as(manager).delete(`/assets/${asset.id}`)).status).toBe(204)
    expect((await api.as(manager).get(`/assets/${asset.id}`)).status).toBe(404)
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
    await removeFiles(api.deps, actor, asset.id)
    await removeFiles(api.deps, actor, asset.id)
    for (const { storage_key: key } of files.rows) expect(await api.deps.store.head(key)).toBeUndefined()
  })

  test('many are deleted at once, each with its own result', async () => {
    const [one, other, stale] = [await readyPhoto(), await readyPhoto(), await readyPhoto()]
    const ids = [one.id, newId(), stale.id, other.id]
    const items = ids.map((id) => ({ id, change: { deleted: true }, ...(id === stale.id && { version: 99 }) }))
    const { body, status } = await api.as(manager).post('/assets/bulk').send({ items })
    expect(status).toBe(200)
    expect(body.results.map((result: { id: string }) => result.id)).toEqual(ids)
    expect(body.results.map((result: { status: number }) => result.status)).toEqual([204, 404, 412, 204])
    expect((await api.as(manager).get(`/assets/${one.id}`)).status).toBe(404)
    expect((await api.as(manager).get(`/assets/${stale.id}`)).status).toBe(200)
    const moderator = await studio.person('moderator')
    expect((await api.as(moderator).post('/assets/bulk').send({ items })).status).toBe(403)
  })

  test('a list holds only the fields that were asked for', async () => {
    const { id } = await readyPhoto()
    const path = `/projects/${projectId}/assets`
    const short = await api.as(manager).get(`${path}?fields=id,filename&limit=1&include=total`)
    expect(short.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(short.body).toMatchObject({ nextCursor: expect.any(String), total: expect.any(Number) })
    expect(short.body.items).toEqual([{ id, filename: expect.any(String) }])
    const whole = await api.as(manager).get(`${path}?limit=1`)
    expect(Object.keys(whole.body.items[0])).toContain('sourceAssetId')
    // A recipe may be a megabyte: it is had with the one asset.
    const one = (await api.as(manager).get(`/assets/${id}`).expect(200)).body
    const within = (await api.as(manager).get(`/projects/${projectId}?include=assets`).expect(200)).body.assets[0]
    for (const listed of [whole.body.items[0], within]) expect(Object.keys(listed)).not.toContain('recipe')
    expect({ ...whole.body.items[0], recipe: null }).toEqual(one)
    const studioWide = await api.as(manager).get('/assets?fields=project,id&limit=1')
    expect(Object.keys(studioWide.body.items[0]).toSorted()).toEqual(['id', 'project'])
    const unknown = await api.as(manager).get(`${path}?fields=id,uploadKey`)
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'querystring.fields'])
    const projects = await api.as(manager).get('/projects?fields=id,petName&limit=1')
    expect(Object.keys(projects.body.items[0]).toSorted()).toEqual(['id', 'petName'])
  })

  test('lists newest first, page by page, without what has not arrived', async () => {
    const project = await newProject(manager)
    for (const name of ['a.png', 'b.png', 'c.png']) await postFile(manager, project, chelsea, name)
    await api
      .as(manager)
      .post(`/projects/${project}/assets/uploads`)
      .send({ filename: 'd.png', mimeType: 'image/png', sizeBytes: 5, assetType: 'photo' })
    const first = await api.as(manager).get(`/projects/${project}/assets?limit=2&include=total`)
    expect(first.body).toMatchObject({ total: 3, items: [{ filename: 'c.png' }, { filename: 'b.png' }] })
    const second = await api.as(manager).get(`/projects/${project}/assets?limit=2&cursor=${first.body.nextCursor}`)
    expect(second.body).toMatchObject({ nextCursor: null, items: [{ filename: 'a.png' }] })
    const sprites = await api.as(manager).get(`/projects/${project}/assets?assetType=sprite`)
    expect(sprites.body.items).toEqual([])
  })
})

describe('who may', () => {
  test('a neighbour gets 404 everywhere, where the rightful manager succeeds', async () => {
    const neighbour = await (await api.studio()).person('admin')
    const photo = await readyPhoto()
    const reserved = await api
      .as(manager)
      .post(`/projects/${projectId}/assets/uploads`)
      .send({ filename: 'd.png', mimeType: 'image/png', sizeBytes: 5, assetType: 'photo' })
    await api.deps.store.put(`${studio.organizationId}/uploads/${reserved.body.assetId}`, Buffer.alloc(5), 'image/png')
    const calls: [number, (person: Person) => PromiseLike<{ status: number }>][] = [
      [200, (person) => api.as(person).get(`/projects/${projectId}/assets`)],
      [201, (person) => postFile(person, projectId, chelsea)],
      [
        201,
        (person) =>
          api
            .as(person)
            .post(`/projects/${projectId}/assets/uploads`)
            .send({ filename: 'd.png', mimeType: 'image/png', sizeBytes: 5, assetType: 'photo' }),
      ],
      [200, (person) => api.as(person).post(`/assets/${reserved.body.assetId}/complete`)],
      [200, (person) => api.as(person).get(`/assets/${photo.id}`)],
      [200, (person) => api.as(person).get(`/assets/${photo.id}/content?variant=web`)],
      [202, (person) => api.as(person).post(`/assets/${photo.id}/sprites`).send({})],
      [202, (person) => api.as(person).post(`/assets/${reserved.body.assetId}/process`)],
      [200, (person) => api.as(person).patch(`/assets/${photo.id}`).send({ filename: 'mine.png' })],
      [204, (person) => api.as(person).delete(`/assets/${photo.id}`)],
    ]
    for (const [success, call] of calls) {
      expect((await call(neighbour)).status).toBe(404)
      expect((await call(manager)).status).toBe(success)
    }
  })

  test('an artist works on assigned projects; a moderator and a customer have no assets', async () => {
    const artist = await studio.person('artist')
    const own = await newProject(manager, { assignedArtistId: artist.userId })
    const refused = await postFile(artist, projectId, chelsea)
    expect([refused.status, refused.body.code]).toEqual([403, 'project.not_assigned'])
    expect((await postFile(artist, own, chelsea)).status).toBe(201)
    const photo = await readyPhoto()
    expect((await api.as(artist).get(`/assets/${photo.id}`)).status).toBe(403)
    for (const role of ['moderator', 'owner', 'member'] as const) {
      const person = await studio.person(role)
      expect((await api.as(person).get(`/projects/${projectId}/assets`)).status).toBe(403)
      expect((await postFile(person, projectId, chelsea)).status).toBe(403)
    }
    expect((await postFile(null, projectId, chelsea)).status).toBe(401)
  })

  test('a system job of another studio does not find the asset', async () => {
    const added = await postFile(manager, projectId, chelsea)
    const other = await api.studio()
    await run(added.body.id, other.organizationId)
    expect(await read(added.body.id)).toMatchObject({ processingStatus: 'pending' })
    const seen = await inTenant(
      api.deps.db,
      { kind: 'system', organizationId: other.organizationId, job: 'test' },
      (tx) => tx.execute(`select count(*)::int as n from assets`),
    )
    expect(seen.rows[0]?.['n']).toBe(0)
  })
})

describe('all of a studio’s assets', () => {
  test('are listed over projects, filtered, searched and paged; an artist sees those of the own projects', async () => {
    const artist = await studio.person('artist')
    const mine = await newProject(manager, { petName: 'Zebediah', assignedArtistId: artist.userId })
    const first = (await postFile(manager, mine, chelsea, 'a_100%.png')).body.id as string
    const second = (await postFile(manager, mine, chelsea, 'plain.png')).body.id as string
    await run(second)
    const list = async (person: typeof manager, query: string) => {
      const answer = await api.as(person).get(`/assets?${query}`)
      expect(answer.status).toBe(200)
      return answer.body as { items: { id: string; project: object }[]; nextCursor: string | null; total?: number }
    }
    const ids = async (query: string, person = manager) => (await list(person, query)).items.map(({ id }) => id)
    expect(await ids('limit=100', artist)).toEqual([second, first])
    expect((await ids('limit=100')).length).toBeGreaterThan(2)
    expect(await ids(`projectId=${mine}&processingStatus=ready`)).toEqual([second])
    expect(await ids(`projectId=${mine}&assetType=sprite`)).toEqual([])
    expect(await ids('q=zebed')).toEqual([second, first])
    expect(await ids('q=_100%25')).toEqual([first])
    expect(await ids('q=0%25.p')).toEqual([first])
    const page = await list(manager, `projectId=${mine}&limit=1&include=total`)
    expect(page).toMatchObject({ total: 2, items: [{ id: second, project: { id: mine, petName: 'Zebediah' } }] })
    expect(await ids(`projectId=${mine}&limit=1&cursor=${page.nextCursor}`)).toEqual([first])
    expect((await api.as(await studio.person('owner')).get('/assets')).status).toBe(403)
  })

  test('a focal point is kept, shown and taken back', async () => {
    const { id } = await readyPhoto()
    const patch = (body: object) => api.as(manager).patch(`/assets/${id}`).send(body)
    expect((await patch({ focalPoint: { x: 0.25, y: 1 } })).body).toMatchObject({
      focalPoint: { x: 0.25, y: 1 },
      filename: 'chelsea.png',
    })
    expect((await patch({ focalPoint: { x: 1.1, y: 0 } })).status).toBe(422)
    expect((await patch({})).status).toBe(422)
    expect((await patch({ focalPoint: null })).body.focalPoint).toBeNull()
  })
})
