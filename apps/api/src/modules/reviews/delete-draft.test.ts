import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { openReviewKit } from '../../../test/review-kit.ts'
import { newId } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { releaseAttachments } from '../attachments/attachments.service.ts'
import { insertComment, lockComment } from '../comments/comments.queries.ts'
import { deleteVersion, lockVersion } from './reviews.queries.ts'

const kit = await openReviewKit()
const { api, studio, manager, artist, owner, ordered, draftOf, sent, said, attach } = kit
afterAll(() => api.close())
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
const waits =
  'select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid where a.datname = current_database() and not l.granted'

/** The answer to a request that has to wait for what `first` locks, in a transaction that then does `next`. */
async function during(
  first: (tx: TenantTx) => Promise<unknown>,
  ask: () => PromiseLike<{ status: number; body: { code?: string } }>,
  next: (tx: TenantTx) => Promise<unknown> = () => Promise.resolve(),
) {
  const { answer } = await inTenant(api.deps.db, actor, async (tx) => {
    await first(tx)
    const asked = Promise.resolve(ask()).then(({ status, body }) => [status, body.code])
    await expect.poll(async () => (await api.owner.query(waits)).rowCount, { timeout: 30_000 }).toBeGreaterThan(0)
    await next(tx)
    return { answer: asked }
  })
  return answer
}
const find = async (query: string, id: string) => (await api.owner.query(query, [id])).rows

test('a draft is deleted with what was said about it; what was sent stays', async () => {
  const projectId = await ordered()
  const first = await sent(projectId)
  const id = await draftOf(projectId, { buildId: await kit.passedBuild(projectId) })
  const file = (await attach(manager, projectId, Buffer.from('words'), 'a.txt').expect(201)).body.id
  const thread = await said(manager, id, { body: 'Ears?', attachmentIds: [file] })
  await said(artist, id, { body: 'Later', parentId: thread })
  await api.as(manager).post(`/versions/${id}/comments/read`).send({}).expect(200)

  const remove = (person: typeof manager, version = id) => api.as(person).delete(`/versions/${version}`)
  await remove(await studio.person('moderator')).expect(403)
  await remove(owner).expect(403)
  await remove(artist).expect(403)
  await api.as(manager).post(`/projects/${projectId}/assign`).send({ userId: artist.userId }).expect(200)
  await remove(artist).set('if-match', '"v9"').expect(412)
  await remove(artist, first).expect(409, /version.already_sent/)
  await remove(artist).set('if-match', '"v1"').expect(204)

  await api.as(manager).get(`/versions/${id}`).expect(404)
  await api.as(manager).get(`/comments/${thread}`).expect(404)
  await remove(manager).expect(404)
  expect(await find('select owner_id, loose_since is null as kept from attachments where id = $1', file)).toEqual([
    { owner_id: null, kept: false },
  ])
  const rows = "select action, before ->> 'status' as status, after from audit where entity_id = $1 order by at, id"
  expect((await find(rows, id)).at(-1)).toEqual({ action: 'version:deleted', status: 'draft', after: null })
  expect((await find(rows, thread)).at(-1)).toMatchObject({ action: 'comment:deleted', after: null })
  const events =
    "select type, data -> 'number' as number from outbox where data ->> 'versionId' = $1 and type like 'version:%'"
  expect((await find(`${events} order by created_at, id`, id)).at(-1)).toEqual({ type: 'version:deleted', number: 2 })
  await api.as(owner).get(`/versions/${first}`).expect(200)

  const next = await draftOf(projectId, { buildId: await kit.passedBuild(projectId) })
  expect((await api.as(manager).get(`/versions/${next}`).expect(200)).body.number).toBe(2)

  // Nor does any other statement of ours delete what a customer was sent.
  const deleted = await inTenant(api.deps.db, actor, (tx) =>
    tx.execute(sql`delete from deliverable_versions where project_id = ${projectId} returning id`),
  )
  expect(deleted.rows).toEqual([{ id: next }])
})

test('whoever reads a draft while it is deleted is told that it is not there', async () => {
  const projectId = await ordered()
  const id = await draftOf(projectId, { buildId: await kit.passedBuild(projectId) })
  await said(manager, id, { body: 'Ears?' })
  const read = (version: string) => api.as(artist).post(`/versions/${version}/comments/read`).send({})
  await read(id).expect(200)
  await api.owner.query('delete from version_comment_reads where version_id = $1', [id])

  const answer = await during(
    (tx) => deleteVersion(tx, id),
    () => read(id),
  )
  expect(answer).toEqual([404, 'version.not_found'])
})

test('a draft is deleted while somebody comments on it or deletes a comment: whoever is second waits, and nobody fails', async () => {
  const projectId = await ordered()
  const remove = (id: string) => () => api.as(manager).delete(`/versions/${id}`)

  const talked = await draftOf(projectId, { buildId: await kit.passedBuild(projectId) })
  const comment = { id: newId(), projectId, versionId: talked, authorSide: 'studio', body: 'Ears?' } as const
  const commented = during(
    (tx) => lockVersion(tx, talked, 'key share'),
    remove(talked),
    (tx) => insertComment(tx, { ...comment, authorUserId: artist.userId }),
  )
  expect(await commented).toEqual([204, undefined])
  expect(await find('select 1 from version_comments where id = $1', comment.id)).toEqual([])

  const id = await draftOf(projectId, { buildId: await kit.passedBuild(projectId) })
  const file = (await attach(manager, projectId, Buffer.from('words'), 'a.txt').expect(201)).body.id
  const thread = await said(manager, id, { body: 'Ears?', attachmentIds: [file] })
  const deleted = during(
    (tx) => lockComment(tx, thread),
    remove(id),
    (tx) => releaseAttachments(tx, [thread]),
  )
  expect(await deleted).toEqual([204, undefined])
})
