import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, testPassword, type TestStudio } from '../../../test/harness.ts'
import { signInvitation } from './invitations.service.ts'

let api: Api
let studio: TestStudio
let admin: Person

beforeAll(async () => {
  api = await startApi()
})
beforeEach(async () => {
  studio = await api.studio()
  admin = await studio.person('admin')
})
afterAll(() => api.close())

const as = (person = admin) => api.as(person)
const invite = (email: string, role = 'artist') => as().post('/users').send({ email, role })
const tokenOf = (id: string, generation = 0) =>
  signInvitation(api.deps.crypto, studio.organizationId, { id, generation })
const accept = (id: string, body: object) =>
  api
    .as(null)
    .post(`/public/invites/${tokenOf(id)}/accept`)
    .send(body)
const newcomer = { displayName: 'Nora', password: 'a long enough password' }

describe('the team', () => {
  test('lists members and open invitations, with what each has to do', async () => {
    const artist = await studio.person('artist')
    const project = await as().post('/projects').send({ petName: 'Rex', assignedArtistId: artist.userId })
    await invite('New@Example.test')
    const { items } = (await as().get('/users')).body
    expect(items).toMatchObject([
      { id: admin.userId, email: admin.email, role: 'admin', status: 'active', openProjects: 0 },
      { id: artist.userId, role: 'artist', status: 'active', openProjects: 1, invitationExpiresAt: null },
      { email: 'new@example.test', role: 'artist', status: 'invited', invitationExpiresAt: expect.any(String) },
    ])
    await as().post(`/projects/${project.body.id}/status`).send({ status: 'cancelled' })
    expect((await as().get(`/users/${artist.userId}`)).body.openProjects).toBe(0)
  })

  test('can be searched, filtered and paged', async () => {
    const people = [admin]
    for (let i = 0; i < 4; i += 1) people.push(await studio.person('artist'))
    const wanted = people[2] as Person
    const found = async (query: string) =>
      (await as().get(`/users?${query}`)).body.items.map((item: { id: string }) => item.id)
    expect(await found(`q=${encodeURIComponent(wanted.email.toUpperCase())}`)).toEqual([wanted.userId])
    expect(await found(`q=${wanted.userId.slice(-4)}`)).toEqual([wanted.userId])
    expect(await found('role=admin')).toEqual([admin.userId])
    const first = await as().get('/users?limit=3&include=total')
    expect(first.body.total).toBe(5)
    expect((await as().get('/users?role=artist&limit=1&include=total')).body.total).toBe(4)
    expect((await as().get('/users?role=artist,admin&limit=1&include=total')).body.total).toBe(5)
    expect((await as().get('/users?role=artist,pirate')).status).toBe(422)
    const second = await found(`limit=3&cursor=${first.body.nextCursor}`)
    expect([...first.body.items.map((item: { id: string }) => item.id), ...second]).toEqual(
      people.map((person) => person.userId),
    )
  })

  test('is shown to those who may see it', async () => {
    expect((await as(await studio.person('artist')).get('/users')).status).toBe(403)
    expect((await as(await studio.person('manager')).get('/users')).status).toBe(200)
    expect(
      (
        await as(await studio.person('manager'))
          .post('/users')
          .send({ email: 'x@example.test', role: 'admin' })
      ).status,
    ).toBe(403)
  })
})

describe('an invitation', () => {
  test('makes a new person who is signed in and in the studio', async () => {
    const invited = await invite('nora@example.test', 'moderator')
    expect(invited.status).toBe(201)
    const look = await api.as(null).get(`/public/invites/${tokenOf(invited.body.id)}`)
    expect(look.body).toMatchObject({
      state: 'open',
      email: 'n•••@example.test',
      role: 'moderator',
      existingUser: false,
      reader: 'nobody',
      studioName: `Studio ${studio.slug}`,
    })

    const nameless = await accept(invited.body.id, { password: newcomer.password })
    expect([nameless.status, nameless.body.errors?.[0].path]).toEqual([422, 'name'])
    const joined = await accept(invited.body.id, newcomer)
    expect(joined.status, joined.text).toBe(200)
    expect(joined.get('Set-Cookie')).toHaveLength(3)
    const me = await api.as({ ...admin, token: joined.body.accessToken }).get('/me')
    expect(me.body).toMatchObject({
      role: 'moderator',
      organization: { id: studio.organizationId },
      user: { displayName: 'Nora' },
    })
    expect(
      (await api.as(null).post('/auth/login').send({ email: 'nora@example.test', password: newcomer.password })).status,
    ).toBe(200)

    expect((await api.as(null).get(`/public/invites/${tokenOf(invited.body.id)}`)).body.state).toBe('used')
    const again = await accept(invited.body.id, newcomer)
    expect([again.status, again.body.code]).toEqual([410, 'invite.used'])
    const events = await api.owner.query('select type from outbox where organization_id = $1 order by created_at, id', [
      studio.organizationId,
    ])
    expect(events.rows.map((row) => row.type)).toEqual(['user:invited', 'user:accepted'])
  })

  test('links a person who has an account, after their password', async () => {
    const known = await (await api.studio()).person('artist')
    const invited = await invite(known.email, 'manager')
    expect((await api.as(null).get(`/public/invites/${tokenOf(invited.body.id)}`)).body.existingUser).toBe(true)
    expect((await accept(invited.body.id, newcomer)).status).toBe(401)
    const joined = await accept(invited.body.id, { password: testPassword })
    expect(joined.body.user.id).toBe(known.userId)
    const me = await api.as({ ...known, token: joined.body.accessToken }).get('/me')
    expect(me.body).toMatchObject({ role: 'manager', organization: { id: studio.organizationId } })
    expect(me.body.memberships).toHaveLength(2)
  })

  test('to be an admin comes from a person, not from a key', async () => {
    const key = await as()
      .post('/api-keys')
      .send({ name: 'All', scopes: ['*'] })
    const by = (role: string) =>
      as({ ...admin, token: key.body.token })
        .post('/users')
        .send({ email: `${role}@example.test`, role })
    expect((await by('admin')).body.code).toBe('auth.key_not_allowed')
    expect((await by('manager')).status).toBe(201)
    expect((await invite('admin@example.test', 'admin')).status).toBe(201)
  })

  test('is one for each address, and none for a member', async () => {
    await invite('twice@example.test')
    expect((await invite('TWICE@example.test')).body.code).toBe('user.already_invited')
    expect((await invite(admin.email)).body.code).toBe('user.already_member')
    expect((await invite(`${'a'.repeat(5000)}@example.test`)).status).toBe(422)
    expect((await invite('o@example.test', 'owner')).status).toBe(422)
  })

  test('brings nobody back who came in another way since and has had their access ended', async () => {
    const person = await studio.person('artist')
    const { id } = (await invite('early@example.test', 'manager')).body
    const index = api.deps.crypto.blindIndex('early@example.test', 'users.email')
    await api.owner.query('update users set email_index = $2 where id = $1', [person.userId, index])
    expect((await accept(id, { password: testPassword })).body.code).toBe('user.already_member')
    expect((await as().post(`/users/${person.userId}/deactivate`)).status).toBe(200)
    expect((await accept(id, { password: testPassword })).body.code).toBe('user.deactivated')
    expect((await as().get(`/users/${person.userId}`)).body).toMatchObject({ role: 'artist', status: 'deactivated' })
  })

  test('ends when it is withdrawn or too old, and has a new link when it is sent again', async () => {
    const { id } = (await invite('late@example.test')).body
    await api.owner.query("update invitations set expires_at = now() - interval '1 second' where id = $1", [id])
    expect((await accept(id, newcomer)).body.code).toBe('invite.expired')
    const sent = await as().post(`/users/${id}/resend-invite`)
    expect(Date.parse(sent.body.invitationExpiresAt)).toBeGreaterThan(Date.now() + 6 * 86_400_000)
    const look = async (generation: number) =>
      (await api.as(null).get(`/public/invites/${tokenOf(id, generation)}`)).body.state
    expect([await look(0), await look(1)]).toEqual(['revoked', 'open'])
    expect((await accept(id, newcomer)).body.code).toBe('invite.replaced')

    expect((await as().delete(`/users/${id}`)).status).toBe(204)
    expect(await look(1)).toBe('revoked')
    expect((await accept(id, newcomer)).status).toBe(404)
    expect((await as().get('/users')).body.items).toHaveLength(1)
    expect((await as().delete(`/users/${id}`)).status).toBe(404)
    expect((await invite('late@example.test')).status).toBe(201)
  })

  test('cannot be opened with a token of another kind', async () => {
    const { id } = (await invite('spy@example.test')).body
    const other = api.deps.crypto.signToken('tracking', [studio.organizationId, id])
    expect((await api.as(null).get(`/public/invites/${other}`)).status).toBe(404)
    expect((await api.as(null).get(`/public/invites/${tokenOf(id)}`)).status).toBe(200)
  })
})

describe('roles', () => {
  test('are changed by admins, and act at once', async () => {
    const person = await studio.person('artist')
    expect((await as(person).get('/users')).status).toBe(403)
    const changed = await as().post(`/users/${person.userId}/role`).set('if-match', '"v1"').send({ role: 'manager' })
    expect([changed.body.role, changed.headers['etag']]).toEqual(['manager', '"v2"'])
    await expect.poll(async () => (await as(person).get('/users')).status).toBe(200)
    expect(
      (await as().post(`/users/${person.userId}/role`).set('if-match', '"v1"').send({ role: 'artist' })).status,
    ).toBe(412)
    expect((await as(person).post(`/users/${person.userId}/role`).send({ role: 'admin' })).status).toBe(403)
    expect((await as(person).patch(`/users/${person.userId}`).send({ role: 'admin' })).status).toBe(403)
  })

  test('names are changed by the person only', async () => {
    const manager = await studio.person('manager')
    expect((await as(manager).patch(`/users/${manager.userId}`).send({ displayName: 'Mo' })).body.displayName).toBe(
      'Mo',
    )
    expect((await as().patch(`/users/${manager.userId}`).send({ displayName: 'Other' })).status).toBe(403)
    expect((await as().patch(`/users/${manager.userId}`).send({})).status).toBe(422)
  })

  test('of a customer stay theirs', async () => {
    const client = await studio.person('owner')
    expect((await as().post(`/users/${client.userId}/role`).send({ role: 'admin' })).body.code).toBe('user.is_customer')
  })

  test('the last admin can be neither removed nor demoted; with a second one, they can', async () => {
    const tries = [
      () => as().post(`/users/${admin.userId}/role`).send({ role: 'artist' }),
      () => as().patch(`/users/${admin.userId}`).send({ role: 'artist' }),
      () => as().post(`/users/${admin.userId}/deactivate`),
    ]
    for (const attempt of tries) {
      const refused = await attempt()
      expect([refused.status, refused.body.code]).toEqual([409, 'user.last_admin'])
    }
    await studio.person('admin')
    expect((await as().post(`/users/${admin.userId}/role`).send({ role: 'artist' })).status).toBe(200)
  })

  test('two admins who remove each other at the same time leave one', async () => {
    const other = await studio.person('admin')
    const replies = await Promise.all([
      as().post(`/users/${other.userId}/deactivate`),
      as(other).post(`/users/${admin.userId}/deactivate`),
    ])
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
    const { rows } = await api.owner.query(
      "select count(*)::int from memberships where organization_id = $1 and role = 'admin' and deactivated_at is null",
      [studio.organizationId],
    )
    expect(rows).toEqual([{ count: 1 }])
  })
})

describe('deactivation', () => {
  test('ends access, keeps history, and can be taken back', async () => {
    const artist = await studio.person('artist')
    const project = await as().post('/projects').send({ petName: 'Rex', assignedArtistId: artist.userId })
    const gone = await as().post(`/users/${artist.userId}/deactivate`)
    expect(gone.body.status).toBe('deactivated')
    await expect.poll(async () => (await as(artist).get('/projects')).status).toBe(401)
    expect((await as().get(`/projects/${project.body.id}`)).body.assignedArtistName).toBe(gone.body.displayName)
    expect((await as().post('/projects').send({ petName: 'Rex', assignedArtistId: artist.userId })).status).toBe(422)
    expect((await as().post(`/users/${artist.userId}/deactivate`)).status).toBe(409)
    expect((await invite(artist.email)).body.code).toBe('user.deactivated')

    expect((await as().post(`/users/${artist.userId}/reactivate`)).body.status).toBe('active')
    expect((await as().post(`/users/${artist.userId}/reactivate`)).status).toBe(409)
    expect((await api.as(null).post('/auth/login').send({ email: artist.email, password: testPassword })).status).toBe(
      200,
    )
  })
})
