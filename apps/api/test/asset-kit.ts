import { expect } from 'vitest'
import type { AssetView } from '@sparkle/shared/assets'
import { processAsset } from '../src/modules/assets/process-asset.ts'
import { startApi, type Person } from './harness.ts'
import { chelsea } from './photos.ts'

/** A studio with a manager and a project, and what tests of its assets do again and again. */
export async function openAssetKit() {
  const api = await startApi()
  const studio = await api.studio()
  const manager = await studio.person('manager')
  const projectId = await newProject(manager)

  /** The id of a new project. */
  async function newProject(person: Person, fields: object = {}): Promise<string> {
    const made = await api
      .as(person)
      .post('/projects')
      .send({ petName: 'Chelsea', ...fields })
    expect(made.status).toBe(201)
    return made.body.id as string
  }

  /** Uploads a photo by form. */
  function postFile(
    person: Person | null,
    project: string,
    bytes: Buffer,
    filename = 'chelsea.png',
    contentType = 'image/png',
  ) {
    return api
      .as(person)
      .post(`/projects/${project}/assets`)
      .field('assetType', 'photo')
      .attach('file', bytes, { filename, contentType })
  }

  /** What the job of `asset:added` does. */
  const run = (assetId: string, organizationId = studio.organizationId) =>
    processAsset(api.deps, { organizationId, assetId })

  async function read(id: string): Promise<AssetView> {
    const answer = await api.as(manager).get(`/assets/${id}`)
    expect(answer.status).toBe(200)
    return answer.body as AssetView
  }

  async function readyPhoto(bytes = chelsea): Promise<AssetView> {
    const added = await postFile(manager, projectId, bytes)
    expect(added.status).toBe(201)
    await run(added.body.id)
    return read(added.body.id)
  }

  async function download(url: string | undefined, headers: Record<string, string> = {}) {
    const path = new URL(url ?? '').pathname
    const answer = await api.app.inject({ url: path, headers })
    return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload }
  }

  async function eventsOf(assetId: string): Promise<string[]> {
    const { rows } = await api.owner.query(`select type from outbox where data->>'assetId' = $1 order by created_at`, [
      assetId,
    ])
    return rows.map((row) => row.type)
  }

  async function auditOf(assetId: string): Promise<string[]> {
    const { rows } = await api.owner.query('select action from audit where entity_id = $1 order by at', [assetId])
    return rows.map((row) => row.action)
  }

  async function rowOf(assetId: string) {
    const { rows } = await api.owner.query('select * from assets where id = $1', [assetId])
    return rows[0]
  }

  return {
    api,
    studio,
    manager,
    projectId,
    newProject,
    postFile,
    run,
    read,
    readyPhoto,
    download,
    eventsOf,
    auditOf,
    rowOf,
  }
}
