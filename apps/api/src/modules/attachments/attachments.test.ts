import { request } from 'node:http'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { chelsea, svg, telephonePhoto } from '../../../test/photos.ts'
import { openReviewKit } from '../../../test/review-kit.ts'
import { makeZip } from '../../../test/zips.ts'
import { sweepAttachments } from './attachments.sweeps.ts'

const kit = await openReviewKit()
const { api, studio, manager, owner, ordered, sent, said, say, heard, attach } = kit
afterAll(() => api.close())

const projectId = await ordered()
const versionId = await sent(projectId)
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
const text = Buffer.from('Ears: länger\n')
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const upload = async (person = owner, bytes = text, name = 'wishes.txt'): Promise<string> =>
  (await attach(person, projectId, bytes, name).expect(201)).body.id
const download = (url: string, headers = {}) => api.app.inject({ method: 'GET', url: new URL(url).pathname, headers })
const keyOf = async (id: string): Promise<string> =>
  (await api.owner.query('select storage_key from attachments where id = $1', [id])).rows[0]?.storage_key

describe('a file for a comment', () => {
  test('is a picture without its metadata, a PDF or a text, under a name that says so', async () => {
    const photo = await attach(owner, projectId, await telephonePhoto(), 'IMG.HEIC', 'image/heic').expect(201)
    expect(photo.body).toMatchObject({ filename: 'IMG.jpg', mimeType: 'image/jpeg' })
    const kept = await api.deps.store.get(await keyOf(photo.body.id))
    const { exif, orientation, width, height } = await sharp(kept).metadata()
    expect([exif, orientation, width, height]).toEqual([undefined, undefined, 451, 300])
    const named = await attach(owner, projectId, pdf, '../plan.exe', 'application/x-msdownload').expect(201)
    expect(named.body).toMatchObject({ filename: 'plan.exe.pdf', mimeType: 'application/pdf', fileSize: pdf.length })
    expect((await attach(owner, projectId, text, 'a.txt').expect(201)).body).toMatchObject({ mimeType: 'text/plain' })
    expect(Object.keys(named.body).sort()).toEqual(['digest', 'fileSize', 'filename', 'id', 'mimeType'])
  })

  test('is nothing else, whatever it is called', async () => {
    const zip = makeZip([{ name: 'a.txt', body: 'a' }])
    const hostile = {
      'a.svg': svg,
      'a.html': Buffer.from('<!doctype html><script>alert(1)</script>'),
      'a.zip': zip,
      'a.pdf': Buffer.concat([pdf, zip, Buffer.from('%%EOF')]),
      'cut.png': chelsea.subarray(0, 2000),
      'hidden.png': Buffer.concat([chelsea, zip]),
      'a.txt': Buffer.from([0x61, 0x00, 0x62]),
      'b.txt': Buffer.from([0xff, 0xfe, 0xfd]),
      'empty.txt': Buffer.alloc(0),
    }
    for (const [name, bytes] of Object.entries(hostile)) {
      const reply = await attach(owner, projectId, bytes, name, 'text/plain')
      expect([name, reply.status, reply.body.code]).toEqual([name, 422, 'attachment.refused'])
    }
    const path = `/projects/${projectId}/attachments`
    await api
      .as(owner)
      .post(path)
      .expect(415, /attachment.not_multipart/)
    await attach(owner, projectId, Buffer.alloc(20_971_521, 'a'), 'a.txt').expect(413)
    await attach(await studio.person('moderator'), projectId, text, 'a.txt').expect(403)
    await attach(await studio.person('owner'), projectId, text, 'a.txt').expect(404)
    expect(await api.deps.store.list(`${studio.organizationId}/attachments/`)).toHaveLength(3)
  })

  test('has a file name: a part without one is refused in words that help', async () => {
    const path = `/projects/${projectId}/attachments`
    const nameless = await api.as(manager).post(path).attach('file', text, { filename: '', contentType: 'text/plain' })
    expect([nameless.status, nameless.body]).toMatchObject([
      422,
      { code: 'attachment.no_file', detail: expect.stringContaining('with a file name') },
    ])
    await attach(manager, projectId, text, 'a.txt').expect(201)
  })

  test('belongs to one comment of its uploader, shows in it by a link, and ends with it', async () => {
    const picture = (await attach(owner, projectId, chelsea, 'ears.png', 'image/png').expect(201)).body.id
    const words = await upload()
    await say(manager, versionId, { body: 'Mine', attachmentIds: [words] }).expect(422, /attachment.not_yours/)
    const elsewhere = await sent(await ordered())
    await say(owner, elsewhere, { body: 'There', attachmentIds: [words] }).expect(422, /attachment.not_yours/)
    const id = await said(owner, versionId, { body: '', attachmentIds: [picture, words] })
    await say(owner, versionId, { body: 'Again', attachmentIds: [words] }).expect(422, /attachment.not_yours/)

    const [shown, saved] = (await heard(manager, versionId)).items[0].attachments
    expect([shown, saved]).toMatchObject([
      { id: picture, filename: 'ears.png', mimeType: 'image/png' },
      { id: words, filename: 'wishes.txt' },
    ])
    expect((await download(shown.url)).headers).toMatchObject({ 'content-type': 'image/png' })
    const key = await keyOf(words)
    await api.deps.store.delete(key)
    expect((await download(saved.url)).statusCode, 'what is not there is no download').toBe(404)
    await api.deps.store.put(key, text, 'text/plain')
    for (const range of ['bytes=1-', 'bytes=0-0']) expect((await download(saved.url, { range })).statusCode).toBe(206)
    const file = await download(saved.url)
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringContaining('attachment; filename="wishes.txt"'),
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(file.body).toBe(text.toString())
    expect((await download(`${saved.url}x`)).statusCode).toBe(404)
    const { rows } = await api.owner.query('select action from audit where entity_id = $1 order by at', [words])
    expect(rows.map(({ action }) => action)).toEqual([
      'attachment:added',
      'attachment:downloaded',
      'attachment:downloaded',
    ])

    await api.as(owner).delete(`/comments/${id}`).expect(204)
    for (const { url } of [shown, saved]) expect((await download(url)).statusCode).toBe(404)
  })

  test('that nothing names is gone after a day, and not before', async () => {
    const [loose, fresh, held] = [await upload(), await upload(), await upload()]
    await said(owner, versionId, { body: 'Held', attachmentIds: [held] })
    const age = (ids: string[], hours: number) =>
      api.owner.query(
        `update attachments set loose_since = loose_since - make_interval(hours => $2), created_at = created_at - make_interval(hours => $2)
         where id = any($1)`,
        [ids, hours],
      )
    await age([loose, held], 25)
    await age([fresh], 22)
    const key = await keyOf(loose)
    await sweepAttachments(api.deps, actor)
    expect(await Promise.all([loose, fresh, held].map(async (id) => (await keyOf(id)) !== undefined))).toEqual([
      false,
      true,
      true,
    ])
    expect(await api.deps.store.head(key)).toBeUndefined()
    await said(owner, versionId, { body: 'Still', attachmentIds: [fresh] })
  })

  test('waits for a place before its bytes are read, and gives it back when its sender goes away', async () => {
    await api.app.listen({ port: 0, host: '127.0.0.1' })
    const address = api.app.server.address()
    if (!address || typeof address === 'string') throw new Error('It listens on no port.')
    const begin = (person: typeof owner) => {
      const headers = {
        authorization: `Bearer ${person.token}`,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': '1000',
      }
      const path = `/api/v1/projects/${projectId}/attachments`
      const sending = request({ port: address.port, method: 'POST', path, headers })
      sending.on('error', () => undefined)
      sending.write('--b\r\n')
      const status = new Promise<number>((resolve) => sending.on('response', (reply) => resolve(reply.statusCode ?? 0)))
      return { sending, status }
    }
    const person = await studio.person('manager')
    const held = Array.from({ length: 5 }, () => begin(person))
    expect(await Promise.race(held.map(({ status }) => status))).toBe(503)
    // The control: the places are the caller's own, and there are more.
    await upload(manager)
    for (const { sending } of held) sending.destroy()
    await expect.poll(async () => (await attach(person, projectId, text, 'b.txt')).status).toBe(201)
  })

  test('is one of thirty that wait to be sent, at most', async () => {
    const person = await studio.person('manager')
    const first = await upload(person)
    await api.owner.query(
      `insert into attachments (organization_id, id, project_id, filename, mime_type, file_size, digest, storage_key, uploaded_by)
       select organization_id, gen_random_uuid(), project_id, filename, mime_type, file_size, digest, storage_key, uploaded_by
       from attachments, generate_series(1, 29) where id = $1`,
      [first],
    )
    await attach(person, projectId, text, 'b.txt').expect(409, /attachment.too_many_loose/)
    await upload(manager)
    await said(person, versionId, { body: 'Sent', attachmentIds: [first] })
    await upload(person)
    await api.owner.query('delete from attachments where storage_key = $1 and owner_id is null', [await keyOf(first)])
  })

  test('sent twice under one key is one', async () => {
    const send = (bytes: Buffer) => attach(owner, projectId, bytes, 'twice.txt').set('idempotency-key', 'file-1')
    const [first, again] = [await send(text).expect(201), await send(text).expect(201)]
    expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true'])
    await send(Buffer.from('other')).expect(422, /idempotency.other_body/)
    const stored = await api.deps.store.list(`${studio.organizationId}/attachments/`)
    const { rows } = await api.owner.query('select count(*)::int as rows from attachments')
    expect(stored).toHaveLength(rows[0].rows)
  })
})
