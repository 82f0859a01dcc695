import { newId } from '../src/core/ids.ts'
import { type Person, startApi } from './harness.ts'

/** An API with a studio, and what tests of addresses do again and again. */
export async function openUrlKit() {
  const api = await startApi()
  const studio = await api.studio()
  const manager = await studio.person('manager')
  const artist = await studio.person('artist')
  let count = 0
  const freshSlug = () => `pet-${(count += 1)}-${newId().slice(-6)}`

  async function project(person: Person = manager, body: object = {}): Promise<string> {
    const made = await api
      .as(person)
      .post('/projects')
      .send({ petName: 'Chelsea', ...body })
      .expect(201)
    return made.body.id
  }

  async function reserve(projectId: string, slug = freshSlug(), person: Person = manager) {
    const { body } = await api.as(person).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)
    return body as { id: string; slug: string; version: number; expiresAt: string }
  }

  /** A build as the worker leaves it. How builds are made is tested with the builds. */
  async function passedBuild(projectId: string, status = 'passed', of = studio): Promise<string> {
    const id = newId()
    await api.owner.query(
      `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status, digest)
       values ($1, $2, $3, (select count(*) + 1 from builds where project_id = $3), 'catcher', '1.0.0', '{}', '{}', $4, $5)`,
      [of.organizationId, id, projectId, status, id.replaceAll('-', '').padEnd(64, '0')],
    )
    return id
  }

  const auditOf = async (id: string): Promise<string[]> =>
    (await api.owner.query('select action from audit where entity_id = $1 order by at, id', [id])).rows.map(
      (row) => row.action,
    )
  return { api, studio, manager, artist, freshSlug, project, reserve, passedBuild, auditOf }
}

/** Whole years between two moments. */
export const years = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000 / 365.25)
