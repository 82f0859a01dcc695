import { afterAll, expect, test } from 'vitest'
import { openReviewKit } from '../../../test/review-kit.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { ErasurePlan } from '../../db/tables/people.ts'
import { blankReviews, listAttachedFiles } from './erase-reviews.ts'
import { gatherData } from './gather-data.ts'

const kit = await openReviewKit()
const { api, studio, manager, owner, ordered, sent, said, attach } = kit
afterAll(() => api.close())
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const

const plan = (part: Partial<ErasurePlan>): ErasurePlan => ({
  subjects: [],
  userId: null,
  contactIds: [],
  accountIds: [],
  invitationIds: [],
  projectIds: [],
  assetIds: [],
  fileIds: [],
  documentKeys: [],
  builds: [],
  urls: [],
  profileIds: [],
  worksElsewhere: false,
  ...part,
})
const erase = (part: Partial<ErasurePlan>) => inTenant(api.deps.db, actor, (tx) => blankReviews(tx, actor, plan(part)))
const textsOf = async (projectId: string) =>
  (
    await api.owner.query(
      `select coalesce(string_agg(body, ','), '') as said,
         (select string_agg(d.note || d.checklist::text, ',') from version_decisions d join deliverable_versions v on v.id = d.version_id
          where v.project_id = $1) as decided,
         (select string_agg(changelog, ',') from deliverable_versions where project_id = $1) as changelog,
         (select count(*)::int from attachments where project_id = $1) as files
       from version_comments where project_id = $1`,
      [projectId],
    )
  ).rows[0]

test('an erasure takes what was said on a person’s projects and what they said anywhere, and nothing else', async () => {
  const [theirs, other] = [await ordered(), await ordered()]
  const made: Record<string, string> = {}
  for (const projectId of [theirs, other]) {
    const versionId = await sent(projectId, { buildId: await kit.passedBuild(projectId), changelog: 'Ann’s wish' })
    const file = await attach(owner, projectId, Buffer.from('mine'), 'a.txt').expect(201)
    await said(owner, versionId, { body: 'From Ann', attachmentIds: [file.body.id] })
    made[projectId] = await said(manager, versionId, { body: 'To Ann', mentions: [owner.userId] })
    const decision = { decision: 'request_changes', note: 'Ann says', checklist: ['Ears'] }
    await api.as(owner).post(`/versions/${versionId}/decisions`).send(decision).expect(201)
    await api.as(owner).post(`/versions/${versionId}/comments/read`).expect(200)
  }
  const { data, files } = await inTenant(api.deps.db, actor, (tx) =>
    gatherData(tx, api.deps.crypto, { kind: 'user', id: owner.userId }),
  )
  expect(data).toMatchObject({
    comments: [{ said: 'From Ann' }, { said: 'From Ann' }],
    decisions: [{ note: 'Ann says', checklist: ['Ears'] }, {}],
    attachments: [{ path: 'attachments/001.txt', filename: 'a.txt' }, {}],
  })
  expect(files.map(({ path }) => path)).toEqual(['attachments/001.txt', 'attachments/002.txt'])
  expect(JSON.stringify(data)).not.toContain('To Ann')

  await erase({ projectIds: [theirs] })
  expect(await textsOf(theirs)).toEqual({ said: ',', decided: '[]', changelog: '', files: 0 })
  expect(await textsOf(other)).toMatchObject({ decided: 'Ann says["Ears"]', changelog: 'Ann’s wish', files: 1 })
  const left = await inTenant(api.deps.db, actor, (tx) => listAttachedFiles(tx, plan({ userId: owner.userId })))
  expect(left).toHaveLength(1)
  await erase({ userId: owner.userId })
  expect(await textsOf(other)).toMatchObject({ decided: '[]', changelog: 'Ann’s wish', files: 0 })
  const kept = await api.as(manager).get(`/comments/${made[other]}`).expect(200)
  expect(kept.body).toMatchObject({ body: 'To Ann', mentions: [] })
  const { rows } = await api.owner.query('select 1 from version_comment_reads where user_id = $1', [owner.userId])
  expect(rows).toEqual([])
  // Doing it again finds nothing more to do.
  await erase({ userId: owner.userId, projectIds: [theirs] })
})
