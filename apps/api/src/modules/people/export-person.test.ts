import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { chelsea } from '../../../test/photos.ts'
import { membersOf } from '../../../test/zips.ts'
import { sha256 } from '../../core/crypto.ts'
import { relayOrganization } from '../../jobs/relay.ts'
import { exportSweep, makeExport } from './export-person.ts'

let kit: Awaited<ReturnType<typeof openAssetKit>>
beforeAll(async () => {
  kit = await openAssetKit()
})
afterAll(() => kit.api.close())

test('an export has all of one person and nothing of another, and its link is good for a week', async () => {
  const { api, manager, studio } = kit
  const admin = await studio.person('admin')
  const client = await studio.person('owner')
  const other = await studio.person('owner')
  const add = (email: string) =>
    api
      .as(admin)
      .post(`/accounts/${client.accountId}/contacts`)
      .send({ name: `Name of ${email}`, email, phone: '+49 30 111' })
  await add(client.email).expect(201)
  await add(other.email).expect(201)
  const mine = await kit.newProject(manager, { petName: 'Rex', customerName: 'Me', customerEmail: client.email })
  await kit.newProject(manager, { petName: 'Milou', customerName: 'Other', customerEmail: other.email })
  await api.owner.query('update projects set account_id = $2 where id = $1', [mine, client.accountId])
  await api.as(client).post(`/projects/${mine}/messages`).send({ body: 'Her left ear is white' }).expect(201)
  await api.as(manager).post(`/projects/${mine}/messages`).send({ body: 'Said by the team' }).expect(201)
  const photo = (await kit.postFile(manager, mine, chelsea).expect(201)).body.id
  await kit.run(photo)

  expect(
    (
      await api
        .as(manager)
        .post('/people/exports')
        .send({ subject: { userId: client.userId } })
    ).status,
  ).toBe(403)
  const asked = await api.as(client).post('/me/export')
  expect([asked.status, asked.body.status, asked.body.url]).toEqual([202, 'queued', null])
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'export-person' } as const
  expect(await makeExport(api.deps, actor, asked.body.id)).toBe(true)
  expect(await makeExport(api.deps, actor, asked.body.id)).toBe(false)
  const made = (await api.as(client).get(`/me/exports/${asked.body.id}`)).body
  expect(made.status).toBe('finished')
  expect((await api.as(other).get(`/me/exports/${asked.body.id}`)).status).toBe(404)

  const { status, bytes } = await kit.download(made.url)
  expect([status, bytes.length]).toEqual([200, made.sizeBytes])
  const members = membersOf(bytes)
  expect([...members.keys()]).toEqual(['data.json', 'index.html', expect.stringMatching(/^photos\/001\./)])
  const data = JSON.parse(String(members.get('data.json')))
  expect(data).toMatchObject({
    person: { email: client.email },
    contacts: [{ email: client.email, phone: '+49 30 111' }],
    projects: [{ pet: { name: 'Rex' }, customer: { email: client.email } }],
    messages: [{ about: 'Rex', text: 'Her left ear is white' }],
  })
  const text = String(members.get('data.json')) + String(members.get('index.html'))
  for (const foreign of [other.email, 'Milou', 'Other', 'Said by the team', manager.email, admin.email, other.userId])
    expect(text).not.toContain(foreign)
  const stored = await api.owner.query(
    "select storage_key from asset_variants where asset_id = $1 and variant = 'original'",
    [photo],
  )
  expect(members.get([...members.keys()].at(-1) as string)).toEqual(
    Buffer.from((await api.deps.store.get(stored.rows[0].storage_key)) as Uint8Array),
  )

  // An archive has no ranges, and what is gone since is not in it.
  await api.deps.store.delete(stored.rows[0].storage_key)
  const later = await kit.download(made.url, { range: 'bytes=5-' })
  expect([later.status, [...membersOf(later.bytes).keys()]]).toEqual([200, ['data.json', 'index.html']])

  await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
  const downloads = async () =>
    (
      await api.owner.query("select action from audit where entity_id = $1 and action like '%downloaded'", [
        asked.body.id,
      ])
    ).rowCount
  expect(await downloads()).toBe(2)
  const mails = await api.owner.query("select kind from person_mails where user_id = $1 and kind = 'exportReady'", [
    client.userId,
  ])
  expect(mails.rowCount).toBe(1)

  // As releases before this one have stored it.
  const zip = `${studio.organizationId}/exports/${asked.body.id}.zip`
  await api.deps.store.put(zip, bytes, 'application/zip')
  const [kept] = (
    await api.owner.query('select storage_key, digest from person_exports where id = $1', [asked.body.id])
  ).rows
  const restore = (key: string, digest: string) =>
    api.owner.query('update person_exports set storage_key = $2, digest = $3 where id = $1', [
      asked.body.id,
      key,
      digest,
    ])
  await restore(zip, sha256(bytes))
  const outdated = await kit.download(made.url)
  expect([outdated.status, JSON.parse(String(outdated.bytes)).code]).toEqual([410, 'person_export.outdated'])
  await restore(kept.storage_key, kept.digest)
  expect((await kit.download(made.url)).status, 'the control').toBe(200)
  await api.deps.store.delete(kept.storage_key)
  expect([(await kit.download(made.url)).status, await downloads()], 'nothing was sent').toEqual([404, 3])
  await restore(zip, sha256(bytes))

  await api.owner.query("update person_exports set expires_at = now() - interval '1 second' where id = $1", [
    asked.body.id,
  ])
  await exportSweep.run(api.deps, actor)
  expect((await kit.download(made.url)).status).toBe(404)
  expect(await api.deps.store.list(`${studio.organizationId}/exports/`)).toEqual([])
})
