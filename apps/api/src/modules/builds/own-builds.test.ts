import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleKey } from '../../core/bundle-key.ts'
import { newId } from '../../core/ids.ts'
import { openBuildKit, type BuildKit } from '../../../test/build-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { goodEntries, makeZip, type ZipEntry } from '../../../test/zips.ts'

let kit: BuildKit
let manager: Person
let projectId: string

beforeAll(async () => {
  kit = await openBuildKit()
  manager = kit.manager
  projectId = await kit.newProject(manager, { petName: 'Buttercup' })
})
afterAll(() => kit.api.close())

const send = (bytes: Buffer, { person = manager, to = projectId, filename = 'dig.zip' } = {}) =>
  kit.api
    .as(person)
    .post(`/projects/${to}/builds/upload`)
    .attach('file', bytes, { filename, contentType: 'application/zip' })

const index: ZipEntry = { name: 'index.html', body: '<title>x</title>' }
const withIndex = (...entries: ZipEntry[]) => makeZip([index, ...entries])

describe("a studio's own game", () => {
  test('is checked, stored by its content, and is a passed build that can be previewed', async () => {
    const { status, body } = await send(makeZip(goodEntries))
    expect([status, body.code]).toEqual([201, undefined])
    expect(body).toMatchObject({
      templateId: 'own-html5',
      status: 'passed',
      config: { petName: 'Buttercup', filename: 'dig.zip' },
      smoke: null,
      previewUrl: expect.stringContaining('/_p/'),
    })
    const row = await kit.rowOf(body.id)
    expect(row.files.map((file: { path: string; mimeType: string }) => [file.path, file.mimeType])).toEqual([
      ['_sparkle/storage.js', 'text/javascript; charset=utf-8'],
      ['art/größe 1.svg', 'image/svg+xml'],
      ['index.html', 'text/html; charset=utf-8'],
      ['js/game.js', 'text/javascript; charset=utf-8'],
      ['more/about.htm', 'text/html; charset=utf-8'],
    ])
    expect(row.manifest).toMatchObject({ kind: 'page', entryPoint: 'index.html', petName: 'Buttercup' })
    const read = async (path: string) => {
      const file = row.files.find((one: { path: string }) => one.path === path)
      return Buffer.from(
        (await kit.api.deps.store.get(bundleKey(kit.studio.organizationId, row.digest, file))) ?? [],
      ).toString()
    }
    expect(await read('index.html')).toContain('<head>\n<script src="_sparkle/storage.js"></script><title>')
    expect(await read('more/about.htm')).toBe('<script src="../_sparkle/storage.js"></script><p>About</p>')
    expect(await read('js/game.js')).toBe('localStorage.setItem("a", "b")')
    expect(await kit.eventsOf(body.id)).toEqual(['build:uploaded', 'build:passed'])
    expect(await kit.auditOf(body.id)).toEqual(['build:uploaded'])
  })

  test('a file may be named like anything that objects have', async () => {
    const { body } = await send(withIndex({ name: 'a.constructor', body: 'x' }, { name: 'b.__proto__', body: 'y' }))
    const { files } = await kit.rowOf(body.id)
    expect(files.map((file: { mimeType: string }) => file.mimeType)).toEqual([
      'text/javascript; charset=utf-8',
      'application/octet-stream',
      'application/octet-stream',
      'text/html; charset=utf-8',
    ])
  })

  test('the same files give the same digest in any order and folder; one changed byte another', async () => {
    const digestOf = async (entries: readonly ZipEntry[]) => (await send(makeZip(entries)).expect(201)).body.digest
    const first = await digestOf(goodEntries)
    expect(await digestOf([...goodEntries].reverse())).toBe(first)
    expect(
      await digestOf(goodEntries.map((entry) => ({ ...entry, name: String(entry.name).replace('dig/', 'other/') }))),
    ).toBe(first)
    expect(await digestOf([...goodEntries, { name: 'dig/b.txt', body: '1' }])).not.toBe(first)
  })

  test('where the project has a sprite, the game has the pet as icon and share picture', async () => {
    const other = await kit.newProject(manager)
    const pet = await kit.sprite(other)
    const own = { name: 'share.png', body: 'not ours' }
    const { body } = await send(withIndex(own), { to: other }).expect(201)
    const { files } = await kit.rowOf(body.id)
    expect(files.map((file: { path: string }) => file.path)).toEqual(
      expect.arrayContaining(['icon-192.png', 'icon-512.png']),
    )
    expect(files.find((file: { path: string }) => file.path === 'share.png').sizeBytes).toBe(8)
    expect(body.assets).toEqual({ pet })
  })
})

test('a refusal names its reason and its field, and leaves no build', async () => {
  const before = await kit.api.owner.query('select count(*)::int as n from builds')
  const { status, body } = await send(withIndex({ name: '../../etc/passwd', body: 'x' }))
  expect([status, body.code]).toEqual([422, 'build.zip_path_escape'])
  expect(body.errors).toEqual([{ path: 'body.file', message: body.detail }])
  expect((await kit.api.owner.query('select count(*)::int as n from builds')).rows).toEqual(before.rows)
})

test('what is too large, no form, no file or for nobody of the project is refused', async () => {
  const post = () => kit.api.as(manager).post(`/projects/${projectId}/builds/upload`)
  expect((await post()).body.code).toBe('build.not_multipart')
  expect((await post().field('other', 'x')).body.code).toBe('build.no_file')
  expect((await send(Buffer.alloc(50 * 1024 * 1024 + 1))).body).toMatchObject({
    status: 413,
    code: 'build.zip_too_large',
  })
  expect((await send(makeZip(goodEntries), { to: newId() })).status).toBe(404)
  const [artist, moderator] = [await kit.studio.person('artist'), await kit.studio.person('moderator')]
  expect((await send(makeZip(goodEntries), { person: artist })).status).toBe(403)
  expect((await send(makeZip(goodEntries), { person: moderator })).status).toBe(403)
})

test('an idempotency key keeps one build, and refuses another archive', async () => {
  const key = newId()
  const first = await send(makeZip(goodEntries)).set('idempotency-key', key).expect(201)
  const again = await send(makeZip(goodEntries)).set('idempotency-key', key).expect(201)
  expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true'])
  expect((await send(withIndex()).set('idempotency-key', key)).body.code).toBe('idempotency.other_body')
})
