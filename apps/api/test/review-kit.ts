import { newId } from '../src/core/ids.ts'
import type { Person } from './harness.ts'
import { openUrlKit } from './url-kit.ts'

/** A studio with a customer's project, its versions, and what tests of comments do again and again. */
export async function openReviewKit() {
  const kit = await openUrlKit()
  const { api, studio, manager, project } = kit
  const owner = await studio.person('owner')

  /** A project of the customer's account. */
  async function ordered(accountId: string | null = owner.accountId): Promise<string> {
    const id = await project(manager)
    await api.owner.query('update projects set account_id = $2 where id = $1', [id, accountId])
    return id
  }

  async function draftOf(projectId: string, source: object): Promise<string> {
    const { body } = await api.as(manager).post(`/projects/${projectId}/versions`).send(source).expect(201)
    return body.id as string
  }

  /** A version that was sent for review: of a build that is a row and nothing more, or of what is named. */
  async function sent(projectId: string, source?: object): Promise<string> {
    const id = await draftOf(projectId, source ?? { buildId: await kit.passedBuild(projectId) })
    await api.as(manager).post(`/versions/${id}/send`).expect(200)
    return id
  }

  /** A ready picture of a project, as a row. */
  async function picture(projectId: string): Promise<string> {
    const id = newId()
    const digest = id.replaceAll('-', '').padEnd(64, '0')
    await api.owner.query(
      `insert into assets (organization_id, id, project_id, asset_type, filename, original_filename, mime_type, file_size,
         digest, processing_status, uploaded_at)
       values ($1, $2, $3, 'background', 'a.png', 'a.png', 'image/png', 7, $4, 'ready', now())`,
      [studio.organizationId, id, projectId, digest],
    )
    await api.owner.query(
      `insert into asset_variants (organization_id, asset_id, variant, storage_key, mime_type, size_bytes, digest)
       values ($1, $2::uuid, 'web', $2::text, 'image/webp', 7, $3)`,
      [studio.organizationId, id, digest],
    )
    return id
  }

  const say = (person: Person, versionId: string, input: object) =>
    api.as(person).post(`/versions/${versionId}/comments`).send(input)
  /** The id of what somebody has said. */
  const said = async (person: Person, versionId: string, input: object): Promise<string> =>
    (await say(person, versionId, input).expect(201)).body.id
  const heard = async (person: Person, versionId: string, query = '') =>
    (await api.as(person).get(`/versions/${versionId}/comments?include=total${query}`).expect(200)).body

  /** Uploads a file for a comment. */
  const attach = (person: Person, projectId: string, bytes: Buffer, filename: string, contentType = 'text/plain') =>
    api.as(person).post(`/projects/${projectId}/attachments`).attach('file', bytes, { filename, contentType })

  return { ...kit, owner, ordered, draftOf, sent, picture, say, said, heard, attach }
}
