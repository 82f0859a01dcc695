import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { studioPermissions as everything } from '@sparkle/shared/permissions'
import type { HandledEvent } from '../../core/event-handlers.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { relayOrganization } from '../../jobs/relay.ts'
import { notifyOfEvent } from '../notifications/notifications.service.ts'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let admin: Person
let manager: Person
let artist: Person

beforeAll(async () => {
  api = await startApi()
})
beforeEach(async () => {
  studio = await api.studio()
  ;[admin, manager, artist] = await Promise.all([
    studio.person('admin'),
    studio.person('manager'),
    studio.person('artist'),
  ])
})
afterAll(() => api.close())

type Answer = { status: number; body: { code?: string } }
const answer = ({ status, body }: Answer) => (body.code ? [status, body.code] : status)
const grant = (person: Person, fields: object, by = admin) =>
  api
    .as(by)
    .post(`/users/${person.userId}/grants`)
    .send({ reason: 'On holiday', ...fields })
const role = (permissions: string[], more: object = {}, by = admin) =>
  api
    .as(by)
    .post('/roles')
    .send({ name: 'Launcher', baseRole: 'manager', permissions, ...more })
const giveRole = (person: Person, input: object, by = admin) =>
  api.as(by).post(`/users/${person.userId}/role`).send(input)
const project = async (petName: string, more: object = {}): Promise<string> =>
  (
    await api
      .as(admin)
      .post('/projects')
      .send({ petName, ...more })
  ).body.id
const explain = (person: Person, query: object) => api.as(person).get('/permissions/explain').query(query)
/** Other processes and this one hear of a change by a notification: a moment after it. */
const soon = (read: () => PromiseLike<Answer>, expected: unknown) =>
  expect.poll(async () => answer(await read())).toEqual(expected)

describe('a role of the studio', () => {
  test('takes the place of the built-in one, changes for all who have it, and stays while anybody has', async () => {
    const made = await role(['projects:read', 'roles:read'], { description: 'Looks on' })
    expect(made.body).toMatchObject({
      baseRole: 'manager',
      members: 0,
      version: 1,
      permissions: ['projects:read', 'roles:read'],
    })
    expect(answer(await role(['projects:read'], { name: 'LAUNCHER' }))).toEqual([409, 'role.name_taken'])
    expect((await role(['platform:read'])).status).toBe(422)

    const given = await giveRole(artist, { roleId: made.body.id })
    expect(given.body).toMatchObject({ role: 'manager', customRole: { name: 'Launcher' } })
    await soon(() => api.as(artist).get('/roles'), 200)
    expect((await api.as(artist).get('/me')).body).toMatchObject({
      role: 'manager',
      customRole: { id: made.body.id, name: 'Launcher' },
      permissions: ['projects:read', 'roles:read'],
    })
    expect(answer(await api.as(artist).get('/users'))).toEqual([403, 'auth.forbidden'])

    const { id, version } = made.body
    const patch = (match: string) =>
      api
        .as(admin)
        .patch(`/roles/${id}`)
        .set('if-match', match)
        .send({ permissions: ['users:read', 'projects:read'] })
    expect((await patch(`"v${version}"`)).body).toMatchObject({ members: 1, version: 2 })
    expect(answer(await patch(`"v${version}"`))).toEqual([412, 'version.stale'])
    await soon(() => api.as(artist).get('/users'), 200)
    expect(answer(await api.as(admin).delete(`/roles/${id}`))).toEqual([409, 'role.in_use'])
    expect((await giveRole(artist, { role: 'artist' })).body).toMatchObject({ role: 'artist', customRole: null })
    expect((await api.as(admin).delete(`/roles/${id}`)).status).toBe(204)
    expect(answer(await giveRole(artist, { roleId: id }))).toEqual([404, 'role.not_found'])
  })

  test('gives nobody what its giver does not hold, and leaves the last admin', async () => {
    const people = ['projects:read', 'users:read', 'users:create', 'users:update', 'roles:read', 'roles:update']
    const staff = await role(people, { name: 'Staff' })
    const launcher = await role(['urls:deploy'])
    await giveRole(manager, { roleId: staff.body.id })
    await soon(() => api.as(manager).post('/roles').send({}), [422, 'request.invalid'])
    const exceeds = [403, 'role.exceeds_own']
    expect(answer(await role(['urls:deploy'], { name: 'More' }, manager))).toEqual(exceeds)
    expect(answer(await giveRole(artist, { roleId: launcher.body.id }, manager))).toEqual(exceeds)
    expect(answer(await giveRole(manager, { role: 'admin' }, manager))).toEqual(exceeds)
    expect(answer(await giveRole(admin, { roleId: staff.body.id }, manager))).toEqual(exceeds)
    expect(answer(await grant(artist, { effect: 'allow', permission: 'urls:deploy' }, manager))).toEqual(exceeds)
    const invited = await api.as(manager).post('/users').send({ email: 'a@b.test', role: 'artist' })
    expect(answer(invited)).toEqual(exceeds)
    const shrink = (id: string) =>
      api
        .as(manager)
        .patch(`/roles/${id}`)
        .send({ permissions: ['projects:read'] })
    expect(answer(await shrink(launcher.body.id))).toEqual(exceeds)
    const less = await role(['projects:read', 'users:read'], { name: 'Less' }, manager)
    expect(less.status).toBe(201)
    expect((await shrink(less.body.id)).status).toBe(200)
    expect((await grant(artist, { effect: 'allow', permission: 'users:read' }, manager)).status).toBe(201)
    expect(answer(await giveRole(admin, { roleId: staff.body.id }))).toEqual([409, 'user.last_admin'])
  })

  test('touches nobody above it: not their access, their invitation or their second factor', async () => {
    const people = ['projects:read', 'users:read', 'users:create', 'users:update', 'api-keys:own', 'api-keys:manage']
    const [desk, idle] = [await studio.person('moderator'), await studio.person('admin')]
    const lookers = await role(['projects:read'], { name: 'Lookers' })
    await giveRole(artist, { roleId: lookers.body.id })
    await giveRole(desk, { roleId: (await role(people, { name: 'Desk' })).body.id })
    const post = (path: string, body: object = {}, by = desk) => api.as(by).post(path).send(body)
    const invited = (await post('/users', { email: `new-${newId()}@b.test`, role: 'admin' }, admin)).body.id
    const robot = await post('/service-accounts', { name: 'Robot', role: 'manager' }, admin)
    await post(`/service-accounts/${robot.body.id}/deactivate`, {}, admin)
    await post(`/users/${idle.userId}/deactivate`, {}, admin)
    await soon(() => api.as(desk).get('/service-accounts'), 200)
    const tries = [
      `/users/${admin.userId}/deactivate`,
      `/users/${idle.userId}/reactivate`,
      `/users/${robot.body.id}/reactivate`,
      `/service-accounts/${robot.body.id}/reactivate`,
      `/users/${manager.userId}/second-factor/reset`,
      `/users/${invited}/resend-invite`,
    ]
    for (const path of tries) expect(answer(await post(path)), path).toEqual([403, 'role.exceeds_own'])
    expect(answer(await api.as(desk).delete(`/users/${invited}`))).toEqual([403, 'role.exceeds_own'])
    for (const path of tries.slice(0, 3))
      expect((await post(path, {}, admin)).status, path).toBe(path.includes(admin.userId) ? 409 : 200)
    expect((await post(`/users/${artist.userId}/deactivate`)).status).toBe(200)
    expect((await post(`/users/${artist.userId}/reactivate`)).status).toBe(200)
  })

  test('that works on assigned projects makes no service account or key that works on all', async () => {
    const made = await role([...everything], { name: 'Bound', baseRole: 'artist' })
    await giveRole(manager, { roleId: made.body.id })
    const make = (by: Person, name: string) => api.as(by).post('/service-accounts').send({ name, role: 'manager' })
    await soon(() => make(manager, 'Mine'), [403, 'role.exceeds_own'])
    const robot = await make(admin, 'Theirs')
    const key = (by: Person) =>
      api
        .as(by)
        .post('/api-keys')
        .send({ name: 'All', scopes: ['assets:update'], userId: robot.body.id })
    expect(answer(await key(manager))).toEqual([403, 'api_key.scope_not_yours'])
    expect((await key(admin)).status).toBe(201)
  })

  test('is one of fifty at most, however many are made at once', async () => {
    await api.owner.query(
      `insert into custom_roles (id, organization_id, name, description, base_role, permissions)
       select gen_random_uuid(), $1, 'Role ' || n, '', 'manager', '{projects:read}' from generate_series(1, 47) n`,
      [studio.organizationId],
    )
    const made = await Promise.all(Array.from({ length: 8 }, (_, n) => role(['projects:read'], { name: `New ${n}` })))
    expect(made.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(made.filter(({ body }) => body.code === 'role.too_many')).toHaveLength(5)
  })

  test('that is based on artist works on assigned projects, like artists', async () => {
    const made = await role(['projects:read', 'projects:update'], { baseRole: 'artist' })
    await giveRole(manager, { roleId: made.body.id })
    const [own, other] = [await project('Own', { assignedArtistId: manager.userId }), await project('Other')]
    const rename = (id: string) => api.as(manager).patch(`/projects/${id}`).send({ name: 'Mine' })
    await soon(() => rename(other), [403, 'project.not_assigned'])
    expect((await rename(own)).status).toBe(200)
  })
})

describe('a denial', () => {
  test('wins at once, is named when asked why, and ends when it is taken away', async () => {
    const id = await project('Rex')
    const rename = () => api.as(manager).patch(`/projects/${id}`).send({ name: 'Rex' })
    expect((await rename()).status).toBe(200)
    const denied = await grant(manager, { effect: 'deny', permission: 'projects:update', reason: 'Under audit' })
    await soon(rename, [403, 'auth.forbidden'])
    expect((await api.as(manager).get('/me')).body.permissions).not.toContain('projects:update')
    const why = await explain(manager, { permission: 'projects:update', projectId: id })
    expect(why.body.allowed).toBe(false)
    expect(why.body.steps.at(-1)).toMatchObject({
      level: 'organization',
      rule: 'denial',
      effect: 'deny',
      detail: expect.stringContaining('Under audit'),
      grant: { id: denied.body.id, reason: 'Under audit' },
    })
    expect(answer(await api.as(manager).delete(`/users/${manager.userId}/grants/${denied.body.id}`))).toEqual([
      403,
      'auth.forbidden',
    ])
    expect((await api.as(admin).delete(`/users/${manager.userId}/grants/${denied.body.id}`)).status).toBe(204)
    await soon(rename, 200)
  })

  test('of one project hides it, in lists too, and no other', async () => {
    const [hidden, open] = [await project('Hidden'), await project('Open')]
    await grant(manager, { effect: 'deny', permission: 'projects:read', projectId: hidden })
    await soon(() => api.as(manager).get(`/projects/${hidden}`), [404, 'project.not_found'])
    expect((await api.as(manager).get(`/projects/${open}`)).status).toBe(200)
    const list = await api.as(manager).get('/projects?include=total')
    expect([list.body.items.map((one: { id: string }) => one.id), list.body.total]).toEqual([[open], 1])
    expect((await api.as(manager).get('/search?q=hidden')).body.projects).toEqual([])
    expect((await api.as(admin).get('/search?q=hidden')).body.projects).toHaveLength(1)
    const { items } = (await api.as(manager).get('/activity')).body
    expect(items.some((one: { projectId: string }) => one.projectId === hidden)).toBe(false)
  })

  test('of one project takes it out of pages, searches and figures, and no page comes short for it', async () => {
    const hidden = await project('Hidden')
    const open = await project('Open')
    const slug = (id: string) => `seen-${id.slice(-12)}`
    for (const id of [open, hidden])
      await api
        .as(admin)
        .post(`/projects/${id}/urls`)
        .send({ slug: slug(id) })
        .expect(201)
    await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
    await api.owner.query('update projects set order_number = id::text where id = any($1)', [[hidden, open]])
    const look = async (by: Person) => {
      const get = async (path: string) => (await api.as(by).get(path).expect(200)).body
      const [urls, activity, search, board, figures, listed] = await Promise.all([
        get('/urls?limit=1&include=total'),
        get('/activity?limit=1&include=total&about=url'),
        get('/search?q=seen'),
        get('/dashboard'),
        get('/dashboard/figures'),
        get('/dashboard/figures/ordered/projects?include=total'),
      ])
      return {
        page: [urls.items.length, urls.nextCursor !== null, urls.total],
        news: [activity.items.length, activity.nextCursor !== null, activity.total],
        found: search.addresses.length,
        counted: [board.byStatus.backlog, board.unassigned, figures.totals.ordered.value, listed.total],
      }
    }
    const whole = { page: [1, true, 2], news: [1, true, 2], found: 2, counted: [2, 2, 2, 2] }
    expect(await look(manager)).toEqual(whole)
    await grant(manager, { effect: 'deny', permission: 'projects:read', projectId: hidden })
    const less = { page: [1, false, 1], news: [1, false, 1], found: 1, counted: [1, 1, 1, 1] }
    await expect.poll(() => look(manager)).toEqual(less)
    expect(await look(admin)).toEqual(whole)
  })

  test('of one project keeps its news away, too', async () => {
    const [hidden, open] = [await project('Hidden'), await project('Open')]
    await grant(artist, { effect: 'deny', permission: 'projects:*', projectId: hidden })
    const { organizationId } = studio
    const job = { kind: 'system', organizationId, job: 'test' } as const
    const told = (projectId: string) => {
      const event: HandledEvent = {
        organizationId,
        projectId,
        id: newId(),
        seq: 1,
        at: new Date().toISOString(),
        type: 'project:assigned',
        actorId: admin.userId,
        actorName: 'Admin',
        data: { userId: artist.userId },
      }
      return inTenant(api.deps.db, job, (tx) => notifyOfEvent(tx, job, event))
    }
    expect([await told(hidden), await told(open)]).toEqual([0, 1])
  })

  test('is not for admins, nor to become one with, nor for oneself', async () => {
    expect(answer(await grant(admin, { effect: 'deny', permission: 'urls:*' }))).toEqual([403, 'grant.own'])
    const second = await studio.person('admin')
    expect(answer(await grant(second, { effect: 'deny', permission: 'urls:*' }))).toEqual([409, 'grant.admin_denied'])
    await grant(manager, { effect: 'deny', permission: 'urls:*' })
    expect(answer(await giveRole(manager, { role: 'admin' }))).toEqual([409, 'role.has_denials'])
    expect((await giveRole(artist, { role: 'admin' })).status).toBe(200)
  })
})

describe('a grant', () => {
  test('for one project opens that one, unassigned as it is, and ends by the clock', async () => {
    const [lent, other] = [await project('Lent'), await project('Other')]
    const assets = (id: string) => api.as(artist).get(`/projects/${id}/assets`)
    expect(answer(await assets(lent))).toEqual([403, 'project.not_assigned'])
    const { body } = await grant(artist, { effect: 'allow', permission: 'assets:read', projectId: lent })
    expect(body).toMatchObject({ resourceName: 'Lent', active: true, grantedByName: expect.any(String) })
    await soon(() => assets(lent), 200)
    expect(answer(await assets(other))).toEqual([403, 'project.not_assigned'])
    await api.owner.query("update permission_grants set expires_at = now() - interval '1 second' where id = $1", [
      body.id,
    ])
    await soon(() => assets(lent), [403, 'project.not_assigned'])
    expect((await api.as(admin).get(`/users/${artist.userId}/grants`)).body.items).toMatchObject([{ active: false }])
  })

  test('for one project opens no list, no other project and nothing that has no project', async () => {
    const [lent, other] = [await project('Lent'), await project('Other')]
    const moderator = await studio.person('moderator')
    await grant(moderator, { effect: 'allow', permission: 'urls:*', projectId: lent })
    const reserve = (id: string) => api.as(moderator).post(`/projects/${id}/urls`).send({ slug: 'lent-address' })
    await soon(() => reserve(lent), 201)
    expect(answer(await reserve(other))).toEqual([403, 'auth.forbidden'])
    expect(answer(await api.as(moderator).get('/urls'))).toEqual([403, 'auth.forbidden'])
  })

  test('gets a customer no further than customers get, and out of no account', async () => {
    const owner = await studio.person('owner')
    const id = await project('Theirs')
    await grant(owner, { effect: 'allow', permission: 'projects:*', projectId: id })
    await grant(owner, { effect: 'allow', permission: 'users:read' })
    const why = await explain(admin, { permission: 'projects:read', userId: owner.userId, projectId: id })
    expect(why.body).toMatchObject({ allowed: false })
    expect(why.body.steps.at(-1)).toMatchObject({ level: 'account', rule: 'account', effect: 'deny' })
    expect((await api.as(owner).get(`/projects/${id}`)).status).toBe(404)
    expect((await api.as(owner).get('/users')).status).toBe(403)
  })

  test('names what there is, and a time to come', async () => {
    const elsewhere = await api.studio()
    const stranger = await elsewhere.person('admin')
    const theirs = (await api.as(stranger).post('/projects').send({ petName: 'Theirs' })).body.id
    const lend = (fields: object) => grant(artist, { effect: 'allow', permission: 'assets:read', ...fields })
    expect(answer(await lend({ projectId: theirs }))).toEqual([404, 'project.not_found'])
    expect(answer(await lend({ expiresAt: '2020-01-01T00:00:00Z' }))).toEqual([422, 'grant.expired'])
    for (const permission of ['platform:read', '*', 'assets:fly']) expect((await lend({ permission })).status).toBe(422)
    expect((await lend({ projectId: theirs, assetId: theirs })).status).toBe(422)
    expect((await lend({ expiresAt: '2099-01-01T00:00:00+02:00' })).body.expiresAt).toBe('2098-12-31T22:00:00.000000Z')
  })
})

describe('explaining', () => {
  test('is the decision itself: what it says is what the routes do', async () => {
    const [own, other] = [await project('Own', { assignedArtistId: artist.userId }), await project('Other')]
    for (const [id, allowed] of [
      [own, true],
      [other, false],
    ] as const) {
      const { body } = await explain(artist, { permission: 'assets:read', projectId: id })
      expect(body.allowed).toBe(allowed)
      expect(body.steps.map((step: { rule: string }) => step.rule)).toEqual(['denial', 'grant', 'role', 'assigned'])
      expect((await api.as(artist).get(`/projects/${id}/assets`)).status).toBe(allowed ? 200 : 403)
    }
  })

  test('of others is for those who see roles; what is not seen is not there', async () => {
    expect((await explain(manager, { permission: 'urls:deploy', userId: artist.userId })).body.allowed).toBe(false)
    expect(answer(await explain(artist, { permission: 'urls:deploy', userId: manager.userId }))).toEqual([
      403,
      'auth.forbidden',
    ])
    const neighbour = await (await api.studio()).person('artist')
    expect(answer(await explain(admin, { permission: 'urls:deploy', userId: neighbour.userId }))).toEqual([
      404,
      'user.not_found',
    ])
    const id = await project('Mine')
    const asked = await explain(neighbour, { permission: 'projects:read', projectId: id })
    expect(answer(asked)).toEqual([404, 'project.not_found'])
    expect((await explain(admin, { permission: 'urls:fly' })).status).toBe(422)
  })
})

test('the matrix holds every permission with its words, and the roles of the studio beside the built-in ones', async () => {
  await role(['projects:read'])
  const { body } = await api.as(manager).get('/permissions')
  expect(body.roles.map((one: { name: string }) => one.name)).toEqual([
    'Platform operator',
    'Admin',
    'Manager',
    'Artist',
    'Moderator',
    'Owner',
    'Member',
    'Launcher',
  ])
  expect(body.permissions.every((one: { description: string }) => one.description.length > 3)).toBe(true)
  const of = (id: string) => body.roles.find((one: { id: string }) => one.id === id)
  expect(of('super_admin').permissions).toEqual(['platform:read', 'platform:manage'])
  expect(of('admin').permissions).not.toContain('platform:read')
  expect(of('artist').assignedOnly).toContain('projects:update')
  expect((await api.as(artist).get('/permissions')).status).toBe(403)
})

test('all of it goes on record, with what was before and after', async () => {
  const made = await role(['projects:read'])
  await api.as(admin).patch(`/roles/${made.body.id}`).send({ name: 'Other' })
  const { body } = await grant(artist, { effect: 'allow', permission: 'urls:read' })
  await api.as(admin).delete(`/users/${artist.userId}/grants/${body.id}`)
  await api.as(admin).delete(`/roles/${made.body.id}`)
  const { rows } = await api.owner.query(
    'select action, before is null as "new", after is null as gone from audit where entity_id = any($1::uuid[]) order by id',
    [[made.body.id, body.id]],
  )
  expect(rows).toEqual([
    { action: 'studio:role:created', new: true, gone: false },
    { action: 'studio:role:updated', new: false, gone: false },
    { action: 'user:grant:added', new: true, gone: false },
    { action: 'user:grant:removed', new: false, gone: true },
    { action: 'studio:role:deleted', new: false, gone: true },
  ])
})
