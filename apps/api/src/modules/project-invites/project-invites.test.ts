import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { signInvitation } from '../users/invitations.service.ts'
import { testPassword } from '../../../test/harness.ts'
import { openUrlKit } from '../../../test/url-kit.ts'

const { api, studio, manager, artist, project } = await openUrlKit()
afterAll(() => api.close())
/** How often an address may try is the route's own limit, and not what is tested here. */
beforeEach(async () => {
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::1'])
    await api.app.limits.delete(`limit:POST/api/v1/public/invites/:token/accept:${address}`)
})

const newcomer = { name: 'Nora', password: 'a long enough password' }
let count = 0
const freshEmail = () => `family-${(count += 1)}@example.test`
const invite = (projectId: string, body: object, by = manager) =>
  api.as(by).post(`/projects/${projectId}/invites`).send(body)
const tokenOf = (id: string, generation = 0) =>
  signInvitation(api.deps.crypto, studio.organizationId, { id, generation })
const look = async (token: string, as: Parameters<typeof api.as>[0] = null) =>
  (await api.as(as).get(`/public/invites/${token}`).expect(200)).body
const accept = (token: string, body: object, as: Parameters<typeof api.as>[0] = null) =>
  api.as(as).post(`/public/invites/${token}/accept`).send(body)

describe('an invitation to a project', () => {
  test('says what it is before any form, and lands a household in the project', async () => {
    const projectId = await project(manager, { customerName: 'The Miller family' })
    const email = freshEmail()
    const { body: first } = await invite(projectId, { email, role: 'owner' }).expect(201)
    const { body: second } = await invite(projectId, { email: freshEmail() }).expect(201)
    expect(second).toMatchObject({ projectId, role: 'member', state: 'open' })
    await invite(projectId, { email }).expect(409, /user.already_invited/)
    expect(await look(tokenOf(first.id))).toEqual({
      state: 'open',
      studioName: `Studio ${studio.slug}`,
      email: `f•••@example.test`,
      role: 'owner',
      inviterName: expect.any(String),
      project: { id: projectId, petName: 'Chelsea' },
      expiresAt: first.expiresAt,
      existingUser: false,
      reader: 'nobody',
    })
    await accept(tokenOf(first.id), { password: newcomer.password }).expect(422, /invite.name_needed/)
    await accept(tokenOf(first.id), { name: 'Nora' }).expect(422, /invite.password_needed/)
    const joined = await accept(tokenOf(first.id), newcomer).expect(200)
    expect(joined.body).toMatchObject({ projectId, user: { displayName: 'Nora' } })
    expect(joined.get('Set-Cookie')).toHaveLength(3)
    const owner = { ...manager, token: joined.body.accessToken }
    await api.as(owner).get(`/projects/${projectId}`).expect(200)
    await api
      .as(owner)
      .get(`/projects/${await project()}`)
      .expect(404)
    const member = (await accept(tokenOf(second.id), { ...newcomer, name: 'Kid' }).expect(200)).body
    const households = await api.owner.query(
      'select distinct a.name from memberships m join accounts a on a.id = m.account_id where m.user_id = any($1)',
      [[joined.body.user.id, member.user.id]],
    )
    expect(households.rows).toEqual([{ name: 'The Miller family' }])
    const news = await api.owner.query("select data from outbox where type = 'project:updated' and project_id = $1", [
      projectId,
    ])
    expect(news.rows).toEqual([{ data: { petName: expect.any(String) } }])

    expect(await look(tokenOf(first.id))).toMatchObject({ state: 'used', project: null })
    await accept(tokenOf(first.id), newcomer).expect(410, /invite.used/)
    const list = (await api.as(manager).get(`/projects/${projectId}/invites?sort=createdAt&include=total`)).body
    expect(list).toMatchObject({ total: 2, items: [{ email, state: 'used', acceptedAt: expect.any(String) }, {}] })
    const events = await api.owner.query(
      "select type from outbox where project_id = $1 and type like 'user:%' order by created_at, id",
      [projectId],
    )
    expect(events.rows.map((row) => row.type)).toEqual([
      'user:invited',
      'user:invited',
      'user:accepted',
      'user:accepted',
    ])
  })

  test('has a new link when it is sent again, and none when it is withdrawn', async () => {
    const { body } = await invite(await project(), { email: freshEmail() }).expect(201)
    await api.owner.query("update invitations set expires_at = now() - interval '1 second' where id = $1", [body.id])
    expect((await look(tokenOf(body.id))).state).toBe('expired')
    await accept(tokenOf(body.id), newcomer).expect(410, /invite.expired/)
    await api.as(manager).post(`/invites/${body.id}/resend`).set('if-match', '"v9"').expect(412)
    expect((await api.as(manager).post(`/invites/${body.id}/resend`).expect(200)).body.state).toBe('open')
    expect((await look(tokenOf(body.id))).state).toBe('revoked')
    await accept(tokenOf(body.id), newcomer).expect(410, /invite.replaced/)
    expect((await look(tokenOf(body.id, 1))).state).toBe('open')
    await api.as(manager).delete(`/invites/${body.id}`).expect(204)
    expect(await look(tokenOf(body.id, 1))).toMatchObject({ state: 'revoked', project: null })
    await accept(tokenOf(body.id, 1), newcomer).expect(404)
    await api.as(manager).post(`/invites/${body.id}/resend`).expect(404)
  })

  test('is for those who may invite, and only of its own kind', async () => {
    const projectId = await project()
    await invite(projectId, { email: freshEmail() }, artist).expect(403)
    await api.as(artist).get(`/projects/${projectId}/invites`).expect(403)
    await invite(projectId, { email: freshEmail(), role: 'admin' }).expect(422)
    await invite(projectId, { email: manager.email }).expect(409, /is a member of the studio already/)
    const customer = await studio.person('owner')
    const refused = await invite(projectId, { email: customer.email }).expect(409)
    expect(refused.body).toMatchObject({
      code: 'user.of_another_account',
      detail: expect.stringMatching(/another client.*Merge.*review link/),
    })
    await api.owner.query('update projects set account_id = $2 where id = $1', [projectId, customer.accountId])
    await invite(projectId, { email: customer.email }).expect(409, /user.already_member/)
    await invite(projectId, { email: customer.email }).expect(409, /has an account here already/)
    const admin = await studio.person('admin')
    const { body: staff } = await api.as(admin).post('/users').send({ email: freshEmail(), role: 'artist' }).expect(201)
    await api.as(admin).delete(`/invites/${staff.id}`).expect(404)
    await api.as(admin).post(`/invites/${staff.id}/resend`).expect(404)
  })
})

describe('somebody who has an account', () => {
  const elsewhere = () => api.studio().then((other) => other.person('artist'))

  test('proves it by the password, as at any sign-in, or by being signed in', async () => {
    const projectId = await project()
    const known = await elsewhere()
    const { body } = await invite(projectId, { email: known.email }).expect(201)
    const token = tokenOf(body.id)
    expect(await look(token)).toMatchObject({ existingUser: true, reader: 'nobody' })
    // Whoever holds the link alone gets nowhere, signed in as somebody else or not at all.
    const stranger = await elsewhere()
    expect((await look(token, stranger)).reader).toBe('somebody_else')
    await accept(token, newcomer).expect(401, /auth.wrong_credentials/)
    await accept(token, {}, stranger).expect(422, /invite.password_needed/)
    await accept(token, { name: 'Eve' }, stranger).expect(422, /invite.password_needed/)

    expect((await look(token, known)).reader).toBe('invited')
    const joined = (await accept(token, {}, known).expect(200)).body
    expect(joined).toMatchObject({ projectId, user: { id: known.userId } })
    const me = (await api.as({ ...known, token: joined.accessToken }).get('/me')).body
    expect(me).toMatchObject({ role: 'member', organization: { id: studio.organizationId } })
    // The session that vouched has given way to the new one.
    const old = await api.owner.query('select revoked_reason from sessions where id = $1', [known.sessionId])
    expect(old.rows).toEqual([{ revoked_reason: 'replaced' }])
  })

  test('with a second factor shows it, and who guesses is held up as at sign-in', async () => {
    const known = await elsewhere()
    const { body } = await invite(await project(), { email: known.email }).expect(201)
    const token = tokenOf(body.id)
    await api.as(known).post('/me/second-factor').expect(200)
    await api.owner.query('update second_factors set confirmed_at = now() where user_id = $1', [known.userId])
    await api.owner.query('update users set second_factor_at = now() where id = $1', [known.userId])
    await accept(token, { password: testPassword }).expect(401, /auth.totp_required/)
    await accept(token, { password: testPassword, totp: '000000' }).expect(401, /auth.totp_wrong/)
    const account = api.deps.crypto.blindIndex(known.email, 'users.email').slice(0, 22)
    for (let i = 0; i < 10; i += 1) await api.app.limits.count(`signin:pair:${account}:127.0.0.1`, 900)
    const held = await accept(token, { password: testPassword })
    expect([held.status, held.body.code, Number(held.headers['retry-after'])]).toEqual([
      429,
      'auth.throttled',
      expect.any(Number),
    ])
    // A session opened with the factor vouches for it, but brings no fresh step-up along.
    const joined = (await accept(token, {}, known).expect(200)).body
    const me = { ...known, token: joined.accessToken }
    await api
      .as(me)
      .delete('/me/second-factor')
      .expect(403, /auth.step_up_required/)
  })

  test('came in by a studio’s provider: its word does not count elsewhere', async () => {
    const known = await elsewhere()
    const { body } = await invite(await project(), { email: known.email }).expect(201)
    await api.owner.query('update sessions set provider_id = $2 where id = $1', [known.sessionId, body.id])
    expect((await look(tokenOf(body.id), known)).reader).toBe('nobody')
    await accept(tokenOf(body.id), {}, known).expect(422, /invite.password_needed/)
  })
})
