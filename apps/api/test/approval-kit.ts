import type { Person } from './harness.ts'
import { openUrlKit } from './url-kit.ts'

/** A customer's account with an owner and a member, whose projects require approval. */
export async function openApprovalKit() {
  const kit = await openUrlKit()
  const { api, studio, manager, project } = kit
  const admin = await studio.person('admin')
  const owner = await studio.person('owner')
  const member = await studio.person('member')

  /** A project of the customer's account, which requires approval. */
  async function ordered(body: object = {}): Promise<string> {
    const id = await project(manager, body)
    await api.owner.query('update projects set account_id = $2, require_approval = true where id = $1', [
      id,
      owner.accountId,
    ])
    return id
  }

  async function joinAccount(person: Person, role: 'owner' | 'member') {
    await api.owner.query('update memberships set account_id = $2, role = $3 where user_id = $1', [
      person.userId,
      owner.accountId,
      role,
    ])
  }
  await joinAccount(member, 'member')

  async function draft(projectId: string, buildId: string, by: Person = manager) {
    const { body } = await api
      .as(by)
      .post(`/projects/${projectId}/versions`)
      .send({ buildId, changelog: 'New' })
      .expect(201)
    return body as { id: string; number: number; version: number }
  }
  async function sent(projectId: string, buildId: string) {
    const { id } = await draft(projectId, buildId)
    return (await api.as(manager).post(`/versions/${id}/send`).expect(200)).body
  }
  const decide = (person: Person, id: string, body: object) =>
    api.as(person).post(`/versions/${id}/decisions`).send(body)
  const statusOf = async (id: string): Promise<string> =>
    (await api.as(manager).get(`/projects/${id}`).expect(200)).body.status

  return { ...kit, admin, owner, member, ordered, joinAccount, draft, sent, decide, statusOf }
}
