import { execFile } from 'node:child_process'
import { createCipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type { Person } from '../../../test/harness.ts'
import { openReviewKit } from '../../../test/review-kit.ts'
import { membersOf } from '../../../test/zips.ts'
import { createLocalStore } from '../../adapters/local-store.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { findDelivery } from './downloads.service.ts'

const kit = await openReviewKit()
const { api, studio, manager, owner, ordered, sent, draftOf } = kit
afterAll(() => api.close())
const org = studio.organizationId

/** A picture of a project with bytes behind it. */
async function stored(projectId: string, name: string, content: string): Promise<string> {
  const id = await kit.picture(projectId)
  const [digest, key] = [sha256(content), `${org}/assets/${id}/original`]
  await api.deps.store.put(key, Buffer.from(content), 'image/png')
  await api.owner.query('update assets set filename = $2, digest = $3 where id = $1', [id, name, digest])
  await api.owner.query(
    `insert into asset_variants (organization_id, asset_id, variant, storage_key, mime_type, size_bytes, digest)
     values ($1, $2, 'original', $3, 'image/png', $4, $5)`,
    [org, id, key, content.length, digest],
  )
  return id
}

/** A passed build with these files in the store. */
async function game(projectId: string, files: Record<string, string>): Promise<string> {
  const id = await kit.passedBuild(projectId)
  const { rows } = await api.owner.query('select digest from builds where id = $1', [id])
  const listed = Object.entries(files).map(([path, content], index) => {
    const object = `f${index}`
    return { path, object, mimeType: 'text/plain', sizeBytes: content.length, digest: sha256(content) }
  })
  for (const [index, content] of Object.values(files).entries())
    await api.deps.store.put(`${org}/builds/${rows[0].digest}/f${index}`, Buffer.from(content), 'text/plain')
  await api.owner.query('update builds set files = $2 where id = $1', [id, JSON.stringify(listed)])
  return id
}

const ask = (person: typeof owner, path: string) => api.as(person).post(path)
async function fetchLink(url: string, range?: string) {
  const headers = range === undefined ? {} : { range }
  const reply = await api.app.inject({ method: 'GET', url: new URL(url).pathname, headers })
  return { status: reply.statusCode, headers: reply.headers, bytes: reply.rawPayload }
}
const recordOf = async (id: string) =>
  (
    await api.owner.query(
      "select action, actor_id, changes from audit where entity_id = $1 and action ~ 'download|deliver' order by at, id",
      [id],
    )
  ).rows

const timesTaken = async (id: string) =>
  (await recordOf(id)).filter(({ action }) => /downloaded|delivered/.test(action)).length

describe('a download', () => {
  test('is on record whichever part of it is asked for first; one that is cut into ranges is one', async () => {
    const projectId = await ordered()
    const file = await sent(projectId, { assetId: await stored(projectId, 'a.png', 'picture') })
    const link = async () => (await ask(owner, `/versions/${file}/downloads`).expect(201)).body.url as string
    const [first, second] = [await link(), await link()]
    expect((await fetchLink(first, 'bytes=1-')).bytes.toString()).toBe('icture')
    expect([(await fetchLink(first, 'bytes=0-2')).status, await timesTaken(file)]).toEqual([206, 1])
    await fetchLink(first)
    await fetchLink(second, 'bytes=-3')
    expect(await timesTaken(file)).toBe(3)

    // An archive has no ranges: whatever is asked for, all of it is sent.
    const played = await sent(projectId, { buildId: await game(projectId, { 'game.html': '<p>' }) })
    const archives = [
      [`/versions/${played}/downloads`, played],
      [`/projects/${projectId}/deliveries`, projectId],
    ] as const
    for (const [path, id] of archives) {
      const { url } = (await ask(owner, path).expect(201)).body
      for (const times of [1, 2]) {
        expect((await fetchLink(url, 'bytes=1-')).status).toBe(200)
        expect([path, await timesTaken(id)]).toEqual([path, times])
      }
    }
  })

  test('of a version is its file under its name, by a link that is on record', async () => {
    const projectId = await ordered()
    const assetId = await stored(projectId, '../sneaky: "ears".png', 'picture')
    const draft = await draftOf(projectId, { assetId })
    await ask(owner, `/versions/${draft}/downloads`).expect(404)
    await ask(manager, `/versions/${draft}/downloads`).expect(201)
    await api.as(manager).post(`/versions/${draft}/send`).expect(200)
    await ask(await studio.person('owner'), `/versions/${draft}/downloads`).expect(404)
    const link = (await ask(owner, `/versions/${draft}/downloads`).expect(201)).body
    expect(Date.parse(link.expiresAt) - Date.now()).toBeGreaterThan(13 * 60_000)

    const file = await fetchLink(link.url)
    expect([file.status, file.bytes.toString()]).toEqual([200, 'picture'])
    expect(file.headers['content-disposition']).toContain('attachment; filename="_sneaky_ _ears_.png"')
    const record = (await recordOf(draft)).slice(1)
    const { linkId } = record[0].changes
    expect(record).toMatchObject([
      { action: 'version:download:linked', actor_id: owner.userId, changes: { linkId } },
      { action: 'version:downloaded', actor_id: null, changes: { linkId, digest: sha256('picture') } },
    ])
    // The asset's next content is another version's; this one stays what it was.
    await api.owner.query("update assets set digest = repeat('0', 64) where id = $1", [assetId])
    expect((await fetchLink(link.url)).bytes.toString()).toBe('picture')
  })

  test('is not to be had by a forged, expired or borrowed link', async () => {
    const projectId = await ordered()
    const versionId = await sent(projectId, { assetId: await stored(projectId, 'a.png', 'x') })
    const { url } = (await ask(owner, `/versions/${versionId}/downloads`).expect(201)).body
    expect((await fetchLink(`${url}x`)).status).toBe(404)
    const at = (token: string) => fetchLink(`http://localhost/api/v1/downloads/${token}`)
    const ids = [org, newId(), versionId]
    const sign = api.deps.crypto.signToken
    expect((await at(sign('download', ids, new Date(Date.now() - 1000)))).status).toBe(404)
    expect((await at(sign('preview', ids, new Date(Date.now() + 60_000)))).status).toBe(404)
    expect((await at(sign('download', [newId(), newId(), versionId], new Date(Date.now() + 60_000)))).status).toBe(404)
    expect((await at(sign('download', ids, new Date(Date.now() + 60_000)))).status).toBe(200)
    await api.owner.query('update projects set deleted_at = now() where id = $1', [projectId])
    expect((await fetchLink(url)).status).toBe(404)
  })

  test('that finds no room is not on record, and its place is there again when another ends', async () => {
    const projectId = await ordered()
    const buildId = await game(projectId, { 'game.html': randomBytes(12_000_000).toString('base64') })
    const versionId = await sent(projectId, { buildId })
    const { url } = (await ask(owner, `/versions/${versionId}/downloads`).expect(201)).body
    const address = new URL(new URL(url).pathname, await api.app.listen({ port: 0, host: '127.0.0.1' }))
    // More than the buffers between the two hold, and nobody who reads it.
    const open = async () => ((await once(get(address), 'response')) as [IncomingMessage])[0]
    const [first, second] = [await open(), await open()]
    expect([first.statusCode, second.statusCode, await timesTaken(versionId)]).toEqual([200, 200, 2])
    expect([(await fetchLink(url)).status, await timesTaken(versionId)]).toEqual([503, 2])
    first.destroy()
    await expect.poll(async () => (await fetchLink(url)).status).toBe(200)
    expect(await timesTaken(versionId)).toBe(3)
    second.destroy()
  })

  test('of what the store does not give is not on record, and takes no place', async () => {
    const projectId = await ordered()
    const assetId = await stored(projectId, 'a.png', 'good')
    const file = await sent(projectId, { assetId })
    const put = (content: string) =>
      api.deps.store.put(`${org}/assets/${assetId}/original`, Buffer.from(content), 'image/png')
    for (const [path, id] of [
      [`/versions/${file}/downloads`, file],
      [`/projects/${projectId}/deliveries`, projectId],
    ] as const) {
      const { url } = (await ask(owner, path).expect(201)).body
      await put('evil')
      for (const range of [undefined, 'bytes=0-1', undefined])
        expect([path, (await fetchLink(url, range)).status, await timesTaken(id)]).toEqual([path, 500, 0])
      await put('good')
      expect([path, (await fetchLink(url, 'bytes=9-')).status === 200]).toEqual([path, id === projectId])
      expect([(await fetchLink(url)).status, await timesTaken(id)]).toEqual([200, id === projectId ? 2 : 1])
    }
  })

  test('of a game is a zip of its files', async () => {
    const projectId = await ordered()
    const buildId = await game(projectId, { 'game.html': '<p>', 'art/ears.svg': '<svg>', '../evil.sh': 'rm' })
    const versionId = await sent(projectId, { buildId })
    const { url } = (await ask(owner, `/versions/${versionId}/downloads`).expect(201)).body
    const zip = await fetchLink(url)
    expect(zip.headers).toMatchObject({ 'content-type': 'application/zip' })
    expect(zip.headers['content-disposition']).toContain('filename="Chelsea v1.zip"')
    expect([...membersOf(zip.bytes)].map(([path, bytes]) => [path, bytes.toString()])).toEqual([
      ['Chelsea v1/game.html', '<p>'],
      ['Chelsea v1/art/ears.svg', '<svg>'],
      ['Chelsea v1/file/evil.sh', 'rm'],
    ])
  })
})

test('guests take files along only by a link that says so', async () => {
  const projectId = await ordered()
  const versionId = await sent(projectId, { assetId: await stored(projectId, 'a.png', 'x') })
  const guest = async (mayDownload: boolean) => {
    const made = await api
      .as(manager)
      .post(`/projects/${projectId}/guest-links`)
      .send({ scope: 'approve', mayDownload })
    const token = new URL(made.body.url).pathname.split('/r/')[1]
    const entered = await api.as(null).post(`/public/reviews/${token}`).send({ name: 'Granny' }).expect(200)
    return { person: { token: entered.body.token } as Person, link: `/guest-links/${made.body.id}` }
  }
  const [looking, taking] = [await guest(false), await guest(true)]
  const urls: string[] = []
  for (const path of [`/versions/${versionId}/downloads`, `/projects/${projectId}/deliveries`]) {
    await ask(looking.person, path).expect(403, /guest_link.no_downloads/)
    urls.push((await ask(taking.person, path).expect(201)).body.url)
  }
  expect((await recordOf(projectId))[0].changes).toMatchObject({ viaLink: expect.any(String) })
  const elsewhere = await ordered()
  await sent(elsewhere, { assetId: await stored(elsewhere, 'b.png', 'y') })
  await ask(taking.person, `/projects/${elsewhere}/deliveries`).expect(404)

  // What a guest was given ends with the review link; what the customer was given goes on.
  urls.push((await ask(owner, `/versions/${versionId}/downloads`).expect(201)).body.url)
  const opened = () => Promise.all(urls.map(async (url) => (await fetchLink(url)).status))
  expect(await opened()).toEqual([200, 200, 200])
  await api.as(manager).patch(taking.link).send({ mayDownload: false }).expect(200)
  expect(await opened()).toEqual([404, 404, 200])
  await api.as(manager).patch(taking.link).send({ mayDownload: true }).expect(200)
  expect(await opened()).toEqual([200, 200, 200])
  for (const [table, column, id] of [
    ['organizations', 'suspended_at', org],
    ['projects', 'deleted_at', projectId],
  ]) {
    const set = (moment: string) => api.owner.query(`update ${table} set ${column} = ${moment} where id = $1`, [id])
    await set('now()')
    try {
      expect((await opened()).slice(0, 2), `with ${column}`).toEqual([404, 404])
    } finally {
      await set('null')
    }
  }
  expect(await opened(), 'the control').toEqual([200, 200, 200])
  await api.as(manager).delete(taking.link).expect(204)
  expect(await opened()).toEqual([404, 404, 200])
})

describe('a delivery', () => {
  test('is looked up in as many statements however much is in it', async () => {
    const projectId = await ordered()
    const statements = async () => {
      const seen = vi.spyOn(pg.Client.prototype, 'query')
      const actor = { kind: 'system', organizationId: org, job: 'test' } as const
      const { files } = await inTenant(api.deps.db, actor, (tx) => findDelivery(tx, projectId))
      const asked = seen.mock.calls.filter(([query]) => /from|select/.test(JSON.stringify(query))).length
      seen.mockRestore()
      return { asked, files: files.length }
    }
    const add = async (name: string) => {
      await sent(projectId, { assetId: await stored(projectId, name, name) })
      await sent(projectId, { buildId: await game(projectId, { [name]: name }) })
    }
    await add('a.png')
    const few = await statements()
    await add('b.png')
    await add('c.png')
    expect(await statements()).toEqual({ asked: few.asked, files: 4 })
    expect(few.asked).toBeGreaterThan(2)
  })

  test('has of each deliverable what is approved, else what was sent last, and never a draft', async () => {
    const projectId = await ordered()
    await ask(owner, `/projects/${projectId}/deliveries`).expect(409, /delivery.empty/)
    const [first, second] = [await stored(projectId, 'Ears.png', 'one'), await stored(projectId, 'ears.PNG', 'two')]
    const approved = await sent(projectId, { buildId: await game(projectId, { 'game.html': 'good' }) })
    await api.as(owner).post(`/versions/${approved}/decisions`).send({ decision: 'approve' }).expect(201)
    await sent(projectId, { buildId: await game(projectId, { 'game.html': 'newer' }) })
    await sent(projectId, { assetId: first })
    await sent(projectId, { assetId: second })
    await draftOf(projectId, { assetId: await stored(projectId, 'draft.png', 'secret') })
    await ask(await studio.person('owner'), `/projects/${projectId}/deliveries`).expect(404)
    const { url } = (await ask(owner, `/projects/${projectId}/deliveries`).expect(201)).body
    const zip = await fetchLink(url)
    expect([...membersOf(zip.bytes)].map(([path, bytes]) => [path, bytes.toString()])).toEqual([
      ['Chelsea v1/game.html', 'good'],
      ['Ears.png', 'one'],
      ['ears (2).PNG', 'two'],
    ])
    const record = await recordOf(projectId)
    expect(record).toMatchObject([
      { action: 'project:delivery:linked', actor_id: owner.userId },
      { action: 'project:delivered', changes: { linkId: record[0].changes.linkId, versionIds: { length: 3 } } },
    ])
    await api.owner.query('update asset_variants set size_bytes = 2147483647 where asset_id = any($1)', [
      [first, second],
    ])
    await ask(owner, `/projects/${projectId}/deliveries`).expect(409, /delivery.too_large/)
  })

  test('whose file is not what was stored breaks off and is never whole', async () => {
    const projectId = await ordered()
    const assetId = await stored(projectId, 'b.png', 'good')
    // The first is read before anything is sent.
    await sent(projectId, { assetId: await stored(projectId, 'a.png', 'fine') })
    await sent(projectId, { assetId })
    await api.deps.store.put(`${org}/assets/${assetId}/original`, Buffer.from('evil'), 'image/png')
    const { url } = (await ask(owner, `/projects/${projectId}/deliveries`).expect(201)).body
    // Whether the reader sees a fault or an end without a directory depends on how much had left already.
    const isWhole = await fetchLink(url).then(
      ({ status, bytes }) => status === 200 && bytes.includes('PK\x05\x06'),
      () => false,
    )
    expect(isWhole).toBe(false)
  })

  test('of 320 MB is sent to a slow reader within 250 MB of memory', async () => {
    const root = await mkdtemp(join(tmpdir(), 'sparkle-delivery-'))
    try {
      const store = createLocalStore({ root, crypto: api.deps.crypto, publicOrigin: 'http://localhost' })
      const size = 40 * 1024 * 1024
      const files = []
      for (let index = 0; index < 8; index += 1) {
        const bytes = createCipheriv('aes-128-ctr', Buffer.alloc(16, index), Buffer.alloc(16)).update(
          Buffer.alloc(size),
        )
        const file = { path: `part-${index}`, storageKey: `${org}/assets/part-${index}`, sizeBytes: size }
        await store.put(file.storageKey, bytes, 'x/y')
        files.push({ ...file, digest: sha256(bytes) })
      }
      const program = fileURLToPath(new URL('../../../test/delivery-process.ts', import.meta.url))
      const { stdout } = await promisify(execFile)(process.execPath, [program, root, JSON.stringify(files)])
      const { bytes, peakMegabytes } = JSON.parse(stdout) as { bytes: number; peakMegabytes: number }
      expect(bytes).toBeGreaterThan(8 * size)
      expect(peakMegabytes).toBeLessThan(250)
    } finally {
      await rm(root, { recursive: true, force: true })
    }
  }, 120_000)
})
