import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(() => api.close())

const as = (person = manager) => api.as(person)
async function add(name: string, email?: string, body: object = {}) {
  const sent = { name, contact: { name, ...(email && { email, phone: '+49 30 1234' }) }, ...body }
  const made = await as().post('/accounts').send(sent)
  expect(made.status, made.text).toBe(201)
  return made.body as { id: string; version: number }
}
const names = (reply: { body: { items: { name: string }[] } }) => reply.body.items.map(({ name }) => name)

describe('clients', () => {
  test('are found by part of a name, by one exact e-mail, by kind, and page by page', async () => {
    const anna = await add('Anna Berg', 'Anna@Example.test')
    await add('Bergwerk GmbH', 'office@bergwerk.test', { kind: 'company' })
    await add('Carla', 'carla@example.test')
    expect(names(await as().get('/accounts?q=berg&sort=name'))).toEqual(['Anna Berg', 'Bergwerk GmbH'])
    expect(names(await as().get('/accounts?q=anna@EXAMPLE.test'))).toEqual(['Anna Berg'])
    expect(names(await as().get('/accounts?q=nna@example.test'))).toEqual([])
    expect(names(await as().get('/accounts?kind=company'))).toEqual(['Bergwerk GmbH'])
    const first = await as().get('/accounts?limit=2&sort=name&include=total')
    expect(first.body.total).toBeGreaterThanOrEqual(3)
    const second = await as().get(`/accounts?limit=2&sort=name&cursor=${first.body.nextCursor}`)
    expect([...names(first), ...names(second)].slice(0, 3)).toEqual(['Anna Berg', 'Bergwerk GmbH', 'Carla'])

    const { rows } = await api.owner.query('select * from contacts where account_id = $1', [anna.id])
    expect(JSON.stringify(rows)).not.toMatch(/anna@example|1234/i)
    const detail = await as().get(`/accounts/${anna.id}`)
    expect(detail.body.contacts).toMatchObject([{ email: 'anna@example.test', phone: '+49 30 1234' }])
    const read = await api.owner.query("select 1 from audit where entity_id = $1 and action = 'personal:read'", [
      anna.id,
    ])
    expect(read.rowCount).toBe(1)
  })

  test('change under their version, and go only while nothing hangs on them', async () => {
    const { id } = await add('Dora', 'dora@example.test')
    const contact = (await as().get(`/accounts/${id}`)).body.contacts[0]
    expect((await as().patch(`/accounts/${id}`).set('if-match', '"v9"').send({ name: 'D' })).status).toBe(412)
    const changed = await as().patch(`/accounts/${id}`).set('if-match', '"v1"').send({ name: 'Dora B', kind: 'team' })
    expect([changed.body.name, changed.body.kind, changed.headers['etag']]).toEqual(['Dora B', 'team', '"v2"'])
    const place = `/accounts/${id}/contacts/${contact.id}`
    expect((await as().patch(place).set('if-match', '"v7"').send({ phone: null })).status).toBe(412)
    const other = await add('Emil', 'emil@example.test')
    expect((await as().patch(place).send({ email: 'emil@example.test' })).body.code).toBe('contact.email_taken')
    expect((await as().get(`/accounts/${other.id}/contacts`)).body.items).toHaveLength(1)
    expect((await as().patch(`/accounts/${other.id}/contacts/${contact.id}`).send({ name: 'X' })).status).toBe(404)
    expect((await as().patch(place).send({ phone: null, email: 'd@example.test' })).body).toMatchObject({
      email: 'd@example.test',
      phone: null,
      version: 2,
    })
    await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config, account_id, contact_id)
       values ($1, gen_random_uuid(), 'Rex', 'Rex', 'custom', '{"difficulty":"easy","features":[]}', $2, $3)`,
      [studio.organizationId, id, contact.id],
    )
    expect((await as().delete(place)).body.code).toBe('contact.in_use')
    const second = await as().post(`/accounts/${id}/contacts`).send({ name: 'Dieter' }).expect(201)
    expect((await as().delete(`/accounts/${other.id}/contacts/${second.body.id}`)).status).toBe(404)
    expect((await as().delete(`/accounts/${id}/contacts/${second.body.id}`)).status).toBe(204)
    expect((await as().get(`/accounts/${id}/contacts`)).body.items).toHaveLength(1)
    expect((await as().delete(`/accounts/${id}`)).body.code).toBe('account.in_use')
    expect((await as().delete(`/accounts/${other.id}`)).status).toBe(204)
    expect((await as().get(`/accounts/${other.id}`)).status).toBe(404)
  })

  test('of two that are merged, one has everything and the other is gone', async () => {
    const [from, into] = [await add('Fay', 'fay@example.test'), await add('Fay B', 'fay.b@example.test')]
    const member = await studio.person('owner')
    await api.owner.query('update memberships set account_id = $1 where user_id = $2', [from.id, member.userId])
    const project = await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config, account_id)
       values ($1, gen_random_uuid(), 'Rex', 'Rex', 'custom', '{"difficulty":"easy","features":[]}', $2) returning id`,
      [studio.organizationId, from.id],
    )
    expect((await as().post(`/accounts/${from.id}/merge`).send({ into: from.id })).status).toBe(422)
    const merged = await as().post(`/accounts/${from.id}/merge`).send({ into: into.id })
    expect(merged.body.account).toMatchObject({ id: into.id, projectCount: 1, contactCount: 2, memberCount: 1 })
    expect(merged.body.items).toEqual(
      expect.arrayContaining([
        { kind: 'project', id: project.rows[0].id, outcome: 'moved' },
        { kind: 'member', id: member.userId, outcome: 'moved' },
      ]),
    )
    const recorded = await api.owner.query(
      "select changes from audit where action = 'account:merged' and entity_id = $1",
      [from.id],
    )
    expect(recorded.rows[0].changes).toMatchObject({
      into: into.id,
      moved: { project: [project.rows[0].id], member: [member.userId], contact: [expect.any(String)] },
    })
    expect((await as().get(`/accounts/${from.id}`)).status).toBe(404)
    expect((await api.as(member).get('/accounts')).body.items).toMatchObject([{ id: into.id }])
  })
})

describe('the people of a client', () => {
  test('are invited by the studio or by an owner, and land in the account', async () => {
    const owner = await studio.person('owner')
    const account = owner.accountId as string
    const invited = await as(owner)
      .post(`/accounts/${account}/invitations`)
      .send({ email: 'kid@x.test', role: 'member' })
    expect([invited.status, invited.body.status]).toEqual([201, 'invited'])
    const token = api.deps.crypto.signToken('invite', [studio.organizationId, invited.body.id])
    const joined = await api
      .as(null)
      .post(`/public/invites/${token}/accept`)
      .send({ displayName: 'Kid', password: 'a long enough password' })
    expect(joined.status, joined.text).toBe(200)
    const kid = { ...owner, token: joined.body.accessToken as string }
    expect((await api.as(kid).get('/accounts')).body.items).toMatchObject([{ id: account, memberCount: 2 }])
    expect(
      (await api.as(kid).post(`/accounts/${account}/invitations`).send({ email: 'b@x.test', role: 'member' })).status,
    ).toBe(403)
    const members = (await as().get(`/accounts/${account}/members`)).body.items
    expect(members).toMatchObject([{ id: owner.userId }, { displayName: 'Kid', role: 'member', status: 'active' }])
    const place = `/accounts/${account}/members/${members[1].id}`
    expect((await as().patch(place).set('if-match', '"v1"').send({ role: 'owner' })).body.role).toBe('owner')
    expect((await as().delete(place)).status).toBe(204)
    await expect.poll(async () => (await api.as(kid).get('/accounts')).status).toBe(401)
    expect((await as(owner).get('/accounts')).status).toBe(200)
  })

  test('are invited again or no more by an owner, and by nobody of another household', async () => {
    const [owner, stranger] = [await studio.person('owner'), await studio.person('owner')]
    const place = `/accounts/${owner.accountId}/invitations`
    const made = await as(owner).post(place).send({ email: 'aunt@x.test', role: 'member' }).expect(201)
    const one = `${place}/${made.body.id}`
    for (const path of [one, `/accounts/${stranger.accountId}/invitations/${made.body.id}`]) {
      expect((await as(stranger).post(`${path}/resend`)).status).toBe(404)
      expect((await as(stranger).delete(path)).status).toBe(404)
    }
    const member = await studio.person('member')
    await api.owner.query('update memberships set account_id = $1 where user_id = $2', [owner.accountId, member.userId])
    expect((await as(member).delete(one)).status).toBe(403)

    const link = (...parts: string[]) =>
      `/public/invites/${api.deps.crypto.signToken('invite', [studio.organizationId, made.body.id, ...parts])}`
    const state = async (path: string) => (await api.as(null).get(path)).body.state
    expect(await state(link())).toBe('open')
    const again = await as(owner).post(`${one}/resend`).expect(200)
    expect(again.body).toMatchObject({ id: made.body.id, status: 'invited', version: 2 })
    expect([await state(link()), await state(link('1'))]).toEqual(['revoked', 'open'])

    expect((await as(owner).delete(one).set('if-match', '"v1"')).status).toBe(412)
    expect((await as(owner).delete(one).set('if-match', '"v2"')).status).toBe(204)
    expect(await state(link('1'))).toBe('revoked')
    expect((await as(owner).post(`${one}/resend`)).status).toBe(404)
    // Somebody who has come in already is no invitation any more.
    expect((await as(owner).delete(`${place}/${member.userId}`)).status).toBe(404)
  })

  test('an owner who invites does not learn who works at the studio or is its customer; the studio does', async () => {
    const owner = await studio.person('owner')
    const place = `/accounts/${owner.accountId}/invitations`
    const [artist, gone, other] = [
      await studio.person('artist'),
      await studio.person('artist'),
      await studio.person('owner'),
    ]
    await api.owner.query('update memberships set deactivated_at = now() where user_id = $1', [gone.userId])
    const invite = (who: Person, email: string) => as(who).post(place).send({ email, role: 'member' })
    const codes = [artist, gone, other].map(async ({ email }) => (await invite(manager, email)).body.code)
    expect(await Promise.all(codes)).toEqual(['user.already_member', 'user.deactivated', 'user.of_another_account'])

    const shape = ({ status, body }: { status: number; body: Record<string, unknown> }) => ({
      status,
      body: { ...body, id: '', email: '', displayName: '', createdAt: '' },
    })
    const unknown = shape(await invite(owner, 'nobody-knows@x.test'))
    expect(unknown.status).toBe(201)
    for (const { email } of [artist, gone, other]) expect(shape(await invite(owner, email))).toEqual(unknown)
    expect((await invite(owner, owner.email)).body.code).toBe('user.already_member')
    // Nor whom others have invited: that is for the studio, and an owner hears of the own account's.
    const elsewhere = `/accounts/${other.accountId}/invitations`
    const invited = { email: 'nobody-knows@x.test', role: 'member' }
    expect(shape(await as(other).post(elsewhere).send(invited))).toEqual(unknown)
    for (const [who, path] of [
      [owner, place],
      [other, elsewhere],
      [manager, `/accounts/${(await add('Third')).id}/invitations`],
    ] as const)
      await as(who)
        .post(path)
        .send(invited)
        .expect(409, /user.already_invited/)

    const { items } = (await as(owner).get(`/accounts/${owner.accountId}/members`)).body
    const tokenOf = (email: string) => {
      const { id } = items.find((one: { email: string }) => one.email === email)
      return api.deps.crypto.signToken('invite', [studio.organizationId, id])
    }
    const stateOf = async (email: string) => (await api.as(null).get(`/public/invites/${tokenOf(email)}`)).body.state
    expect([await stateOf(artist.email), await stateOf('nobody-knows@x.test')]).toEqual(['member', 'open'])
    const token = tokenOf(artist.email)
    const refused = await as(artist).post(`/public/invites/${token}/accept`).send({})
    expect([refused.status, refused.body.code]).toEqual([409, 'user.already_member'])
    expect((await as(artist).get('/me')).body.role).toBe('artist')

    // Where the two become one, the invitation to the one that stays is kept.
    await as().post(`/accounts/${other.accountId}/merge`).send({ into: owner.accountId }).expect(200)
    const left = (await as().get(`/accounts/${owner.accountId}/members`)).body.items
    expect(left.filter(({ email }: { email: string }) => email === invited.email)).toHaveLength(1)
    expect(await stateOf(invited.email)).toBe('open')
  })

  test('see the own account only, without contact data, and change nothing', async () => {
    const other = await add('Gus', 'gus@example.test')
    const owner = await studio.person('owner')
    const account = owner.accountId as string
    await as().post(`/accounts/${account}/contacts`).send({ name: 'Me', email: 'me@example.test' })
    expect((await as(owner).get(`/accounts/${account}`)).body.contacts).toMatchObject([{ name: 'Me', email: null }])
    expect((await as(owner).get(`/accounts/${other.id}`)).status).toBe(404)
    expect((await as(owner).get(`/accounts/${other.id}/members`)).status).toBe(404)
    const away = await as(owner).post(`/accounts/${other.id}/invitations`).send({ email: 'c@x.test', role: 'member' })
    expect(away.status).toBe(404)
    expect((await as(owner).patch(`/accounts/${account}`).send({ name: 'X' })).status).toBe(403)
    expect((await as(await studio.person('artist')).get('/accounts')).status).toBe(403)
  })
})
