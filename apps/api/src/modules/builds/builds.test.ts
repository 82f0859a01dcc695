import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuildView } from '@sparkle/shared/builds'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { openBuildKit, type BuildKit } from '../../../test/build-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { bundleKey } from '../../core/bundle-key.ts'
import { nameForGame, previewExpiry } from './builds.rules.ts'

let kit: BuildKit
let manager: Person

beforeAll(async () => {
  kit = await openBuildKit()
  manager = kit.manager
})
afterAll(() => kit.api.close())

const queue = (projectId: string, body: object = {}, person = manager) =>
  kit.api
    .as(person)
    .post(`/projects/${projectId}/builds`)
    .send({ templateId: 'catcher', ...body })

describe('asking for a build', () => {
  test('fills settings from template and order, takes the newest sprite, and queues it', async () => {
    const projectId = await kit.newProject(manager, {
      petName: 'Buttercup',
      gameConfig: { theme: 'space', difficulty: 'hard', features: ['treat-rain', 'pirates'] },
    })
    await kit.sprite(projectId)
    const newest = await kit.sprite(projectId)
    const { body, headers } = await queue(projectId, { config: { durationSeconds: 45 } }).expect(202)
    expect(body).toMatchObject({
      projectId,
      number: 1,
      status: 'queued',
      config: {
        petName: 'Buttercup',
        theme: 'space',
        difficulty: 'hard',
        features: ['treat-rain'],
        durationSeconds: 45,
      },
      unmetWishes: ['feature:pirates'],
      assets: { pet: newest },
      digest: null,
      previewUrl: null,
      createdBy: manager.userId,
    })
    expect(headers['location']).toBe(`/api/v1/builds/${body.id}`)
    expect((await queue(projectId).expect(202)).body.number).toBe(2)
  })

  test("a game speaks its studio's language, unless the build says otherwise", async () => {
    const german = await kit.api.studio()
    const [admin, stranger] = [await german.person('admin'), manager]
    await kit.api.as(admin).patch('/organizations/current').send({ locale: 'de-AT' }).expect(200)
    const defaultOf = async (person: Person) =>
      (await kit.api.as(person).get('/game-templates').expect(200)).body.items[0].defaults.locale
    expect([await defaultOf(admin), await defaultOf(stranger)]).toEqual(['de', 'en'])

    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    expect((await queue(projectId).expect(202)).body.config.locale).toBe('en')
    const owner = await kit.studio.person('admin')
    await kit.api.as(owner).patch('/organizations/current').send({ locale: 'es' }).expect(200)
    expect((await queue(projectId).expect(202)).body.config.locale).toBe('es')
    expect((await queue(projectId, { config: { locale: 'fr' } }).expect(202)).body.config.locale).toBe('fr')
    await kit.api.as(owner).patch('/organizations/current').send({ locale: 'en' }).expect(200)
  })

  test('numbers are given once each, however many ask at a time', async () => {
    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    const replies = await Promise.all(Array.from({ length: 8 }, () => queue(projectId)))
    expect(replies.map((reply) => reply.body.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('refuses what cannot be built, and says what to do', async () => {
    const projectId = await kit.newProject(manager)
    await queue(projectId).expect(409, /build.pet_missing/)
    const pet = await kit.sprite(projectId)
    await queue(projectId, { templateId: 'chess' }).expect(422, /build.unknown_template/)
    await queue(projectId, { assets: { hat: pet } }).expect(422, /build.unknown_slot/)
    await queue(projectId, { assets: { background: pet } }).expect(422, /build.asset_unfit/)
    await queue(projectId, { assets: { pet: newId() } }).expect(404, /asset.not_found/)
    const refused = (await queue(projectId, { config: { theme: 'lava', durationSeconds: 1 } }).expect(422)).body
    expect(refused.code).toBe('build.invalid_config')
    expect(refused.errors.map((error: { path: string }) => error.path)).toEqual([
      'body.config.theme',
      'body.config.durationSeconds',
    ])
    await queue(projectId, { config: { petName: 'a\u0000b' } }).expect(422)
    await queue(newId()).expect(404, /project.not_found/)
    await queue(projectId, { assets: { pet } }).expect(202)
  })

  test("another project's asset, one that is not ready and a deleted one cannot be used", async () => {
    const [projectId, other] = [await kit.newProject(manager), await kit.newProject(manager)]
    const elsewhere = await kit.sprite(other)
    await queue(projectId, { assets: { pet: elsewhere } }).expect(404, /asset.not_found/)
    await queue(other, { assets: { pet: elsewhere } }).expect(202)
    const pet = await kit.sprite(projectId)
    await kit.api.owner.query(`update assets set processing_status = 'processing' where id = $1`, [pet])
    await queue(projectId, { assets: { pet } }).expect(409, /build.asset_not_ready/)
    await queue(projectId).expect(409, /build.pet_missing/)
    await kit.api.owner.query(`update assets set processing_status = 'ready' where id = $1`, [pet])
    await queue(projectId, { assets: { pet } }).expect(202)
    await kit.api.as(manager).delete(`/assets/${pet}`).expect(204)
    await queue(projectId, { assets: { pet } }).expect(404, /asset.not_found/)
  })
})

describe('who may', () => {
  test('artists build on projects assigned to them; moderators and customers nowhere', async () => {
    const artist = await kit.studio.person('artist')
    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    await queue(projectId, {}, artist).expect(403, /project.not_assigned/)
    await kit.api.as(manager).post(`/projects/${projectId}/assign`).send({ userId: artist.userId }).expect(200)
    const { body } = await queue(projectId, {}, artist).expect(202)
    const another = await kit.studio.person('artist')
    for (const path of [`/builds/${body.id}`, `/projects/${projectId}/builds`]) {
      await kit.api
        .as(another)
        .get(path)
        .expect(403, /project.not_assigned/)
      await kit.api.as(artist).get(path).expect(200)
    }
    for (const role of ['moderator', 'owner', 'member'] as const) {
      const person = await kit.studio.person(role)
      await queue(projectId, {}, person).expect(403)
      await kit.api.as(person).get(`/builds/${body.id}`).expect(403)
      await kit.api.as(person).get('/game-templates').expect(403)
    }
    await kit.api.as(null).get('/game-templates').expect(401)
  })

  test('a neighbour finds nothing, where the rightful studio does', async () => {
    const stranger = await (await kit.api.studio()).person('admin')
    const projectId = await kit.newProject(manager)
    const pet = await kit.sprite(projectId)
    const { body } = await queue(projectId).expect(202)
    for (const path of [`/builds/${body.id}`, `/projects/${projectId}/builds`]) {
      await kit.api.as(stranger).get(path).expect(404)
      await kit.api.as(manager).get(path).expect(200)
    }
    await queue(projectId, {}, stranger).expect(404)
    const theirs = await kit.newProject(stranger)
    await queue(theirs, { assets: { pet } }, stranger).expect(404, /asset.not_found/)
  })
})

describe('reading', () => {
  test('templates come with a JSON Schema, names and slots', async () => {
    const { body } = await kit.api.as(manager).get('/game-templates').expect(200)
    const catcher = body.items.find((item: { id: string }) => item.id === 'catcher')
    expect(catcher).toMatchObject({
      name: 'Treat catcher',
      configSchema: { type: 'object', properties: { durationSeconds: { type: 'integer', minimum: 30, maximum: 120 } } },
      themes: expect.arrayContaining([{ id: 'garden', name: 'Garden' }]),
      slots: expect.arrayContaining([{ id: 'pet', name: 'Pet', required: true, accepts: ['sprite'] }]),
    })
  })

  test('a list is paged, newest first', async () => {
    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    for (let i = 0; i < 3; i += 1) await queue(projectId).expect(202)
    const numbers = (body: { items: BuildView[] }) => body.items.map((item) => item.number)
    const first = (await kit.api.as(manager).get(`/projects/${projectId}/builds?limit=2&include=total`).expect(200))
      .body
    const second = (
      await kit.api.as(manager).get(`/projects/${projectId}/builds?limit=2&cursor=${first.nextCursor}`).expect(200)
    ).body
    expect([numbers(first), numbers(second), first.total, second.nextCursor]).toEqual([[3, 2], [1], 3, null])
  })
})

describe('the job', () => {
  test('makes a game that plays, stores it by its digest and says so once', async () => {
    const projectId = await kit.newProject(manager, { petName: 'Buttercup' })
    await kit.sprite(projectId)
    const { body } = await queue(projectId).expect(202)
    await kit.run(body.id)
    const build = await kit.read(body.id)
    expect(build).toMatchObject({ status: 'passed', error: null, smoke: { finished: true } })
    expect(build.smoke?.score).toBeGreaterThan(0)

    const row = await kit.rowOf(body.id)
    expect(row.manifest).toMatchObject({
      digest: build.digest,
      petName: 'Buttercup',
      title: 'Buttercup: Treat catcher',
    })
    expect(row.files.map((file: { path: string }) => file.path)).toEqual([
      'game.html',
      'icon-192.png',
      'icon-512.png',
      'manifest.json',
      'share.png',
    ])
    let size = 0
    for (const file of row.files) {
      const bytes = await kit.api.deps.store.get(bundleKey(kit.studio.organizationId, build.digest ?? '', file))
      expect([file.path, sha256(bytes ?? '')]).toEqual([file.path, file.digest])
      size += bytes?.length ?? 0
    }
    expect(build.sizeBytes).toBe(size)

    await kit.run(body.id)
    expect(await kit.read(body.id)).toEqual(build)
    expect(await kit.eventsOf(body.id)).toEqual(['build:queued', 'build:started', 'build:passed'])
    expect(await kit.auditOf(body.id)).toEqual(['build:queued', 'build:passed'])
  })

  test('run by two workers at once, it still ends once', async () => {
    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    const { body } = await queue(projectId).expect(202)
    await Promise.all([kit.run(body.id), kit.run(body.id), kit.run(body.id)])
    expect(await kit.eventsOf(body.id)).toEqual(['build:queued', 'build:started', 'build:passed'])
    expect(await kit.auditOf(body.id)).toEqual(['build:queued', 'build:passed'])
  })

  test('a preview has a private address, the same all day, that names studio and build', async () => {
    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    const { body } = await queue(projectId).expect(202)
    await kit.run(body.id)
    const { previewUrl } = await kit.read(body.id)
    expect((await kit.read(body.id)).previewUrl).toBe(previewUrl)
    const { gamesOrigin } = kit.api.deps.config
    const token = previewUrl?.slice(`${gamesOrigin}/_p/`.length, -1) ?? ''
    expect(previewUrl).toBe(`${gamesOrigin}/_p/${token}/`)
    const idsOf = (link: string) => kit.api.deps.crypto.readToken('preview', link.split('/_p/')[1]?.slice(0, -1) ?? '')
    expect(idsOf(previewUrl ?? '')).toEqual([kit.studio.organizationId, body.id, '1'])
    const revoked = await kit.api.as(manager).post(`/builds/${body.id}/preview/revoke`).expect(200)
    expect(idsOf(revoked.body.previewUrl)).toEqual([kit.studio.organizationId, body.id, '2'])
    expect((await kit.auditOf(body.id)).at(-1)).toBe('build:preview:revoked')
    const day = 86_400_000
    expect(previewExpiry(10 * day + 1)).toEqual(previewExpiry(11 * day - 1))
    expect(previewExpiry(11 * day - 1).getTime()).toBe(18 * day)
  })

  test('equal inputs give equal digests, another setting another one', async () => {
    const projectId = await kit.newProject(manager)
    await kit.sprite(projectId)
    const digestOf = async (config: object) => {
      const { body } = await queue(projectId, { config }).expect(202)
      await kit.run(body.id)
      return (await kit.read(body.id)).digest
    }
    const first = await digestOf({ theme: 'snow' })
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await digestOf({ theme: 'snow' })).toBe(first)
    expect(await digestOf({ theme: 'garden' })).not.toBe(first)
  })

  test('bytes that are not what their digest says never get into a game', async () => {
    const projectId = await kit.newProject(manager)
    const pet = await kit.sprite(projectId)
    const { body } = await queue(projectId).expect(202)
    const { rows } = await kit.api.owner.query(
      `select storage_key from asset_variants where asset_id = $1 and variant = 'sheet'`,
      [pet],
    )
    await kit.api.deps.store.delete(rows[0].storage_key)
    await kit.api.deps.store.put(rows[0].storage_key, Buffer.from('somebody else'), 'image/png')
    await kit.run(body.id)
    const build = await kit.read(body.id)
    expect(build).toMatchObject({
      status: 'failed',
      digest: null,
      previewUrl: null,
      error: expect.stringMatching(/on our side/),
    })
    expect(await kit.eventsOf(body.id)).toEqual(['build:queued', 'build:started', 'build:failed'])
  })

  test('a sprite that was uploaded as a picture stands still in its game', async () => {
    const projectId = await kit.newProject(manager)
    const posted = await kit.api
      .as(manager)
      .post(`/projects/${projectId}/assets`)
      .field('assetType', 'sprite')
      .attach('file', await cutOut(), { filename: 'pet.png', contentType: 'image/png' })
    expect([posted.status, posted.body.code]).toEqual([201, undefined])
    await kit.runAsset(posted.body.id)
    const { body } = await queue(projectId).expect(202)
    await kit.run(body.id)
    const build = await kit.read(body.id)
    expect(build).toMatchObject({ status: 'passed', error: null, assets: { pet: posted.body.id } })
    const { files } = await kit.rowOf(body.id)
    const document = files.find((file: { path: string }) => file.path === 'game.html')
    const bytes = await kit.api.deps.store.get(bundleKey(kit.studio.organizationId, build.digest ?? '', document))
    // The clear border is gone and 300 pixels have become 128.
    const size = /"size":\{[^}]*\}/.exec(Buffer.from(bytes ?? []).toString())?.[0]
    expect(size).toBe('"size":{"h":128,"w":64}')
    expect(files.map((file: { path: string }) => file.path)).toContain('share.png')
  })

  test('a sprite whose sheet no game can read fails with the reason', async () => {
    const projectId = await kit.newProject(manager)
    const pet = await kit.sprite(projectId)
    const { body } = await queue(projectId).expect(202)
    await kit.api.owner.query(`delete from asset_variants where asset_id = $1 and variant = 'still'`, [pet])
    await kit.run(body.id)
    expect(await kit.read(body.id)).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/standing picture/),
    })
  })
})

/** A picture of 150 by 300 in the middle of a clear one. */
function cutOut(): Promise<Buffer> {
  const pet = { create: { width: 150, height: 300, channels: 4 as const, background: '#d08040ff' } }
  const clear = { create: { width: 600, height: 400, channels: 4 as const, background: '#00000000' } }
  return sharp(pet)
    .png()
    .toBuffer()
    .then((input) => sharp(clear).composite([{ input }]).png().toBuffer())
}

test('a long name is cut between characters', () => {
  expect(nameForGame(` ${'a'.repeat(59)}🐶 `)).toBe('a'.repeat(59))
  expect(['Rex 🐶', '👨‍👩‍👧 Mia ❤️ Bo', '🐶🐶', 'Ñandú 2'].map(nameForGame)).toEqual(['Rex', 'Mia Bo', '🐶🐶', 'Ñandú 2'])
  expect(nameForGame('Sir Reginald Fluffington')).toBe('Sir Reginald Fluffington')
})
