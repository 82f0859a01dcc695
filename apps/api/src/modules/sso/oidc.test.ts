import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, testPassword, type TestStudio } from '../../../test/harness.ts'
import { type BentOidc, startOidcProvider, type TestOidcProvider } from '../../../test/oidc-provider.ts'
import { startDns, type TestDns } from '../../../test/parts/dns.ts'
import { totpOf } from '../../../test/totp-code.ts'
import { type Visitor, visitor } from '../../../test/visitor.ts'
import { checkSignInDomains } from './sso.sweeps.ts'

let api: Api
let dns: TestDns
let server: TestOidcProvider
let studio: TestStudio
let admin: Person
let count = 0

beforeAll(async () => {
  dns = await startDns()
  server = await startOidcProvider('client-1', 'secret/1')
  api = await startApi({ DNS_SERVERS: dns.address, TRUST_PROXY: '1' })
})
afterAll(async () => {
  await api.close()
  await server.close()
  await dns.close()
})
beforeEach(async () => {
  studio = await api.studio()
  admin = await studio.person('admin')
  server.state.bent = {}
})

interface Provider {
  id: string
  domain: string
  version: number
}

/** A provider that is on and speaks for a proven domain of its own. */
async function ready(settings: object = {}, by = admin): Promise<Provider> {
  const domain = `d${(count += 1)}.studio.test`
  const added = await api
    .as(by)
    .post('/identity-providers')
    .send({
      kind: 'oidc',
      name: 'Login',
      issuer: server.issuer,
      clientId: server.clientId,
      clientSecret: server.clientSecret,
      domains: [domain],
      enabled: true,
      ...settings,
    })
  expect(added.status, added.text).toBe(201)
  const [{ record }] = added.body.domains
  dns.records.set(record.name, [record.value])
  const verified = await api.as(by).post(`/identity-providers/${added.body.id}/verify-domain`).send({ domain })
  expect(verified.body.domains[0].verifiedAt, verified.text).not.toBeNull()
  return { id: added.body.id, domain, version: verified.body.version }
}

const browser = () => visitor(api, `10.6.${Math.floor(++count / 250)}.${count % 250}`)
const change = (provider: Provider, body: object, by = admin) =>
  api.as(by).patch(`/identity-providers/${provider.id}`).send(body)

/** Somebody at the provider; a subject of their own each. */
function somebody(email: string, more: Record<string, unknown> = {}): void {
  server.state.person = { sub: `s-${(count += 1)}`, email, email_verified: true, name: 'Ann Archer', ...more }
}

/** Goes to the provider and comes back with its answer. */
async function away(provider: Provider, who: Visitor, query = ''): Promise<string> {
  const start = await who.get(`/api/v1/auth/oidc/${provider.id}/start${query}`)
  expect(start.status, start.text).toBe(303)
  const there = await fetch(start.headers['location'] as string, { redirect: 'manual' })
  return there.headers.get('location') ?? ''
}

/** Signs in and answers where the browser ends up. */
async function signIn(provider: Provider, who = browser(), query = ''): Promise<string> {
  const back = await who.get(await away(provider, who, query))
  expect(back.status, back.text).toBe(303)
  return back.headers['location'] as string
}

const answer = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]

async function memberWith(email: string, role: 'artist' | 'admin' = 'artist'): Promise<Person> {
  const person = await studio.person(role)
  await api.owner.query('update users set email_cipher = $2, email_index = $3 where id = $1', [
    person.userId,
    api.deps.crypto.encrypt(email, 'users.email'),
    api.deps.crypto.blindIndex(email, 'users.email'),
  ])
  return { ...person, email }
}

async function mailsTo({ userId }: Person): Promise<{ kind: string; facts: object }[]> {
  return (await api.owner.query('select kind, facts from person_mails where user_id = $1 order by id', [userId])).rows
}

describe('a sign-in by OpenID Connect', () => {
  test('makes a member of somebody new with the role of the studio, once, and knows them by subject', async () => {
    const provider = await ready({ jit: true, defaultRole: 'moderator' })
    somebody(`ann@${provider.domain}`)
    const who = browser()
    expect(await signIn(provider, who, '?next=/projects?status=review')).toBe('/projects?status=review')
    const me = await who.me()
    expect(me).toMatchObject({ role: 'moderator', viaProvider: true, user: { displayName: 'Ann Archer' } })
    expect(me.organization.id).toBe(studio.organizationId)

    server.state.person['email'] = 'ann@elsewhere.test'
    const again = browser()
    expect(await signIn(provider, again)).toBe('/')
    expect((await again.me()).user).toMatchObject({ id: me.user.id, email: `ann@${provider.domain}` })
    const { rows } = await api.owner.query(
      "select action from audit where organization_id = $1 and action in ('user:provisioned', 'identity:linked') order by id",
      [studio.organizationId],
    )
    expect(rows.map(({ action }) => action)).toEqual(['user:provisioned', 'identity:linked'])
  })

  test('links a member by an address of a proven domain that the provider vouches for, and tells them', async () => {
    const provider = await ready()
    const member = await memberWith(`Bob@${provider.domain}`)
    somebody(`bob@${provider.domain}`, { email_verified: false })
    expect(await signIn(provider)).toBe('/sign-in?sso=unverified_email')
    somebody(`bob@${provider.domain}`)
    const who = browser()
    expect(await signIn(provider, who)).toBe('/')
    expect((await who.me()).user.id).toBe(member.userId)
    expect(await mailsTo(member)).toEqual([{ kind: 'signInLinked', facts: { provider: 'Login' } }])

    somebody(`bob@${provider.domain}`)
    expect(await signIn(provider), 'the address was given to somebody else').toBe('/sign-in?sso=linked_elsewhere')
    const links = `/users/${member.userId}/identities`
    expect((await api.as(admin).get(links)).body.items).toMatchObject([{ providerId: provider.id }])
    expect((await api.as(member).delete(`${links}/${provider.id}`)).status).toBe(403)
    await api.as(admin).delete(`${links}/${provider.id}`).expect(204)
    expect((await api.as(admin).delete(`${links}/${provider.id}`)).status).toBe(404)
    const told = { kind: 'signInUnlinked', facts: { provider: 'Login', by: 'admin' } }
    expect((await mailsTo(member)).slice(1), 'once').toEqual([told])
    await expect.poll(async () => (await api.as(member).get('/me')).status).toBe(401)
    expect(await signIn(provider), 'once the old link was ended').toBe('/')
    await api.owner.query('update memberships set deactivated_at = now() where user_id = $1', [member.userId])
    somebody(`bob@${provider.domain}`)
    expect(await signIn(provider)).toBe('/sign-in?sso=deactivated')
  })

  test('is seen and ended by the person it signs in, from a session of their own, unless it is the only way in', async () => {
    const provider = await ready()
    const [member, colleague] = [await memberWith(`dee@${provider.domain}`), await studio.person('artist')]
    somebody(member.email)
    const who = browser()
    expect(await signIn(provider, who)).toBe('/')
    const place = `/me/identities/${provider.id}`
    const links = async (person = member) => (await api.as(person).get('/me/identities')).body.items
    expect(await links()).toMatchObject([{ providerId: provider.id, provider: 'Login', onlyWayIn: false }])
    expect(await links(colleague)).toEqual([])
    expect((await api.as(colleague).delete(place)).status).toBe(404)
    expect(answer(await who.delete(`/api/v1${place}`)), 'no other way in is at hand').toEqual([
      403,
      'auth.studio_sign_in',
    ])

    await api.owner.query('update identity_providers set enforced = true where id = $1', [provider.id])
    expect(await links()).toMatchObject([{ onlyWayIn: true }])
    expect(answer(await api.as(member).delete(place))).toEqual([409, 'identity.only_way_in'])
    await api.owner.query('update identity_providers set enforced = false where id = $1', [provider.id])

    expect((await who.get('/api/v1/me')).status, 'the control').toBe(200)
    await api.as(member).delete(place).expect(204)
    await expect.poll(async () => (await who.get('/api/v1/me')).status).toBe(401)
    expect(await links(), 'and the own session goes on').toEqual([])
    expect((await api.as(member).delete(place)).status).toBe(404)
    const { rows } = await api.owner.query(
      "select changes->>'endedSessions' as ended from audit where actor_id = $1 and action = 'identity:unlinked'",
      [member.userId],
    )
    expect(rows).toEqual([{ ended: '1' }])
    expect((await mailsTo(member)).map(({ facts }) => facts)).toEqual([
      { provider: 'Login' },
      { provider: 'Login', by: 'oneself' },
    ])
    expect(await mailsTo(colleague), 'whose link it was not').toEqual([])
  })

  test('speaks for proven domains only, and makes nobody where the studio does not want it', async () => {
    const provider = await ready()
    const stranger = await memberWith(`carl@d${(count += 1)}.other.test`)
    somebody(stranger.email)
    expect(await signIn(provider)).toBe('/sign-in?sso=unverified_domain')
    somebody(`new@${provider.domain}`)
    expect(await signIn(provider)).toBe('/sign-in?sso=not_a_member')
    await change(provider, { jit: true })
    expect(await signIn(provider)).toBe('/')

    const { organizationId } = studio
    const root = await memberWith(`root@${provider.domain}`)
    await api.owner.query('delete from memberships where user_id = $1', [root.userId])
    await api.owner.query('update users set is_super_admin = true where id = $1', [root.userId])
    somebody(root.email)
    expect(await signIn(provider)).toBe('/sign-in?sso=not_a_member')

    dns.records.clear()
    await api.owner.query(
      "update identity_provider_domains set checked_at = now() - interval '1 day', missing_since = now() - interval '4 days' where provider_id = $1",
      [provider.id],
    )
    await checkSignInDomains(api.deps, { kind: 'system', organizationId, job: 'test' })
    somebody(`late@${provider.domain}`)
    expect(await signIn(provider)).toBe('/sign-in?sso=unverified_domain')
  })

  test('refuses every answer that is not the right one, and takes the right one', async () => {
    const provider = await ready({ jit: true })
    somebody(`eve@${provider.domain}`)
    const now = Math.floor(Date.now() / 1000)
    const bends: Record<string, BentOidc> = {
      nonce: { claims: { nonce: 'another' } },
      audience: { claims: { aud: 'client-2' } },
      issuer: { claims: { iss: 'https://other.test' } },
      expired: { claims: { iat: now - 900, exp: now - 600 } },
      'alg none': { unsigned: true },
      'foreign key': { foreignKey: true },
      'HMAC by the public key': { header: { alg: 'HS256' } },
    }
    for (const [name, bent] of Object.entries(bends)) {
      server.state.bent = bent
      const who = browser()
      expect(await signIn(provider, who), name).toBe('/sign-in?sso=failed')
      expect((await who.me()).code, name).toBe('auth.required')
    }
    server.state.bent = { error: 'access_denied' }
    expect(await signIn(provider)).toBe('/sign-in?sso=refused')
    server.state.bent = {}
    expect(await signIn(provider)).toBe('/')
  })

  test('ends in the browser that began it, once, at the provider it began at', async () => {
    const [provider, second] = [await ready({ jit: true }), await ready({ jit: true, name: 'Second' })]
    somebody(`flo@${provider.domain}`)
    const [who, attacker] = [browser(), browser()]
    const foreign = await away(provider, attacker)
    expect((await who.get(foreign)).headers['location'], 'a link with somebody’s answer').toBe('/sign-in?sso=expired')

    const own = await away(provider, who)
    const kept = new Map(who.jar)
    const wrong = own.replace(/state=[^&]+/, 'state=another')
    expect((await who.get(wrong)).headers['location']).toBe('/sign-in?sso=expired')
    for (const [name, value] of kept) who.jar.set(name, value)
    const crossed = own.replace(provider.id, second.id)
    expect((await who.get(crossed)).headers['location']).toBe('/sign-in?sso=expired')
    for (const [name, value] of kept) who.jar.set(name, value)
    expect((await who.get(own)).headers['location']).toBe('/')
    for (const [name, value] of kept) who.jar.set(name, value)
    expect((await who.get(own)).headers['location'], 'the same answer again').toBe('/sign-in?sso=expired')

    const elsewhere = browser()
    expect(await signIn(provider, elsewhere, '?next=https://evil.test')).toBe('/')
    expect(await signIn(provider, elsewhere, '?next=//evil.test')).toBe('/')
  })

  test('that is off, or does not answer, says so', async () => {
    const off = await ready({ enabled: false })
    const who = browser()
    const start = (id: string) => who.get(`/api/v1/auth/oidc/${id}/start`)
    expect((await start(off.id)).headers['location']).toBe('/sign-in?sso=disabled')
    const gone = await ready({ name: 'Gone', issuer: 'http://127.0.0.1:9' })
    expect((await start(gone.id)).headers['location']).toBe('/sign-in?sso=unavailable')
    const inside = await ready({ name: 'Inside', issuer: 'http://169.254.169.254' })
    expect((await start(inside.id)).headers['location']).toBe('/sign-in?sso=unavailable')
    expect((await start(admin.userId)).status).toBe(404)
  })
})

describe('a session that a provider opened', () => {
  test('is good for its studio only, and changes nothing of how the person signs in', async () => {
    const provider = await ready()
    const member = await memberWith(`gil@${provider.domain}`)
    const other = await api.studio()
    await api.owner.query("insert into memberships (organization_id, user_id, role) values ($1, $2, 'admin')", [
      other.organizationId,
      member.userId,
    ])
    somebody(member.email)
    const who = browser()
    expect(await signIn(provider, who)).toBe('/')
    expect((await who.me()).memberships).toHaveLength(1)
    const switched = await who.post('/api/v1/auth/switch', { organizationId: other.organizationId })
    expect([switched.status, switched.body.code]).toEqual([403, 'auth.studio_sign_in'])
    for (const [path, body] of [
      ['/me/passkeys/options', {}],
      ['/me/second-factor', {}],
      ['/me/password', { currentPassword: testPassword, password: 'four words of a song' }],
      ['/me/email-change', { currentPassword: testPassword, email: 'x@example.test' }],
    ] as const) {
      const refused = await who.post(`/api/v1${path}`, body)
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'auth.studio_sign_in'])
    }
    expect((await api.as(member).post('/me/second-factor')).status, 'the control').toBe(200)

    await api.owner.query('update users set is_super_admin = true where id = $1', [member.userId])
    expect(await signIn(provider)).toBe('/sign-in?sso=not_a_member')
    await api.owner.query('update memberships set deactivated_at = now() where user_id = $1 and organization_id = $2', [
      member.userId,
      studio.organizationId,
    ])
    await expect.poll(async () => (await who.me()).organization).toBeNull()
    expect(await who.me()).toMatchObject({ isSuperAdmin: false, permissions: [] })
  })

  test('wants the code of the person’s app, unless the studio trusts the provider with that', async () => {
    const provider = await ready()
    const member = await memberWith(`hal@${provider.domain}`)
    const { secret } = (await api.as(member).post('/me/second-factor')).body
    const confirmed = await api
      .as(member)
      .post('/me/second-factor/confirm')
      .send({ totp: totpOf(secret) })
    const [recoveryCode] = confirmed.body.recoveryCodes
    somebody(member.email)
    const who = browser()
    expect(await signIn(provider, who, '?next=/team')).toBe('/sign-in?sso=code')
    expect((await who.me()).code).toBe('auth.required')
    const wrong = await who.post('/api/v1/auth/sso/complete', { totp: '000000' })
    expect(wrong.body.code).toBe('auth.totp_wrong')
    expect((await browser().post('/api/v1/auth/sso/complete', { totp: recoveryCode })).body.code).toBe('sso.expired')
    const done = await who.post('/api/v1/auth/sso/complete', { totp: recoveryCode })
    expect([done.status, done.body.next]).toEqual([200, '/team'])
    expect((await who.me()).viaProvider).toBe(true)

    await change(provider, { trustsSecondFactor: true })
    expect(await signIn(provider)).toBe('/')
  })

  test('ends with its issuer, whose subjects mean nobody at another one', async () => {
    const provider = await ready()
    const member = await memberWith(`joe@${provider.domain}`)
    somebody(`joe@${provider.domain}`)
    const who = browser()
    expect(await signIn(provider, who)).toBe('/')
    expect((await change(provider, { name: 'Renamed' })).status).toBe(200)
    expect((await who.me()).user.id).toBe(member.userId)
    expect((await change(provider, { issuer: 'https://other.studio.test' })).status).toBe(200)
    await expect.poll(async () => (await who.me()).code).toBe('auth.required')
    await change(provider, { issuer: server.issuer })
    server.state.person['email'] = 'somebody@elsewhere.test'
    expect(await signIn(provider)).toBe('/sign-in?sso=unverified_domain')
  })

  test('ends with its provider', async () => {
    const provider = await ready({ jit: true })
    somebody(`ida@${provider.domain}`)
    const who = browser()
    await signIn(provider, who)
    await change(provider, { enabled: false })
    await expect.poll(async () => (await who.me()).code).toBe('auth.required')
    await change(provider, { enabled: true })
    await signIn(provider, who)
    expect((await api.as(admin).delete(`/identity-providers/${provider.id}`)).status).toBe(204)
    await expect.poll(async () => (await who.me()).code).toBe('auth.required')
  })
})

describe('an enforced provider', () => {
  const login = (person: Person, totp?: string) =>
    browser().post('/api/v1/auth/login', { email: person.email, password: testPassword, totp })

  test('has to be tried out, to speak for a domain, and to leave an admin a way back', async () => {
    const provider = await ready({ enabled: false })
    expect(answer(await change(provider, { enforced: true }))).toEqual([409, 'identity_provider.enforced'])
    const enforce = (by = admin) => change(provider, { enabled: true, enforced: true }, by)
    expect(answer(await enforce())).toEqual([409, 'identity_provider.untested'])

    somebody(`tess@${provider.domain}`, { email_verified: false, groups: ['a', 'b'] })
    const { url } = (await api.as(admin).post(`/identity-providers/${provider.id}/test`)).body
    const query = url.slice(url.indexOf('?'))
    const who = browser()
    server.state.bent = { claims: { nonce: 'another' } }
    expect(await signIn(provider, who, query)).toBe(`/settings/sign-in?tested=${provider.id}`)
    const state = async () => (await api.as(admin).get(`/identity-providers/${provider.id}`)).body
    expect(await state()).toMatchObject({ testedAt: null, lastTest: { problem: 'failed', claims: [] } })
    server.state.bent = {}
    expect(await signIn(provider, who, query)).toBe(`/settings/sign-in?tested=${provider.id}`)
    expect((await who.me()).code, 'a try out signs nobody in').toBe('auth.required')
    const { lastTest } = await state()
    expect(lastTest.claims).toContainEqual({ name: 'groups', value: '["a","b"]' })

    expect(answer(await enforce())).toEqual([409, 'identity_provider.no_way_back'])
    await api.owner.query('update users set second_factor_at = now() where id = $1', [admin.userId])
    await api.owner.query('update sessions set second_factor_at = now() where user_id = $1', [admin.userId])
    await expect.poll(async () => (await enforce()).status).toBe(200)
    expect(answer(await change(provider, { enabled: false }))).toEqual([409, 'identity_provider.enforced'])
    const other = await change(provider, { clientSecret: 'changed', enforced: false })
    expect([other.body.testedAt, other.body.enforced]).toEqual([null, false])
  })

  test('is the only way in for its domain, but for an admin with a recovery code, on record', async () => {
    const provider = await ready()
    const [inside, boss, outside] = [
      await memberWith(`joe@${provider.domain}`),
      await memberWith(`kim@${provider.domain}`, 'admin'),
      await studio.person('artist'),
    ]
    const { secret } = (await api.as(boss).post('/me/second-factor')).body
    const confirmed = await api
      .as(boss)
      .post('/me/second-factor/confirm')
      .send({ totp: totpOf(secret) })
    expect((await login(inside)).status).toBe(200)
    await api.owner.query('update identity_providers set tested_at = now() where id = $1', [provider.id])
    const enforced = await change(provider, { enforced: true }, boss)
    expect(enforced.status, enforced.text).toBe(200)

    await expect.poll(async () => (await api.as(inside).get('/me')).status).toBe(401)
    expect((await api.as(boss).get('/me')).status, 'but for the admin’s').toBe(200)
    expect((await api.as(outside).get('/me')).status).toBe(200)
    expect(answer(await login(inside))).toEqual([403, 'auth.sso_required'])
    expect((await login(outside)).status).toBe(200)
    await api.owner.query('update second_factors set last_step = 0 where user_id = $1', [boss.userId])
    expect(answer(await login(boss, totpOf(secret)))).toEqual([403, 'auth.sso_required'])
    const glass = await login(boss, confirmed.body.recoveryCodes[0])
    expect(glass.status, glass.text).toBe(200)
    const { rows } = await api.owner.query(
      "select 1 from audit where actor_id = $1 and action = 'sign-in:enforcement:bypassed'",
      [boss.userId],
    )
    expect(rows).toHaveLength(1)

    const second = await api.studio()
    await api.owner.query("insert into memberships (organization_id, user_id, role) values ($1, $2, 'artist')", [
      second.organizationId,
      inside.userId,
    ])
    const elsewhere = await login(inside)
    expect(elsewhere.status, 'their other studios are open to them').toBe(200)
    const into = await api
      .as({ ...inside, token: elsewhere.body.accessToken })
      .post('/auth/switch')
      .send({ organizationId: studio.organizationId })
    expect(answer(into)).toEqual([403, 'auth.sso_required'])
    somebody(inside.email)
    expect(await signIn(provider)).toBe('/')
  })
})

describe('what is told about providers', () => {
  test('before sign-in, is by domain or studio, and the same for any address', async () => {
    const provider = await ready()
    await ready({ name: 'Off', enabled: false })
    await memberWith(`lee@${provider.domain}`)
    const discover = async (body: object) => (await browser().post('/api/v1/auth/sso/discover', body)).body
    const found = await discover({ email: `lee@${provider.domain}` })
    expect(found.providers).toEqual([
      {
        id: provider.id,
        name: 'Login',
        kind: 'oidc',
        studio: { slug: studio.slug, name: `Studio ${studio.slug}` },
        startUrl: `${api.deps.config.publicOrigin}/api/v1/auth/oidc/${provider.id}/start`,
      },
    ])
    expect(await discover({ email: `nobody@${provider.domain}` })).toEqual(found)
    expect(await discover({ studio: studio.slug })).toEqual(found)
    expect(await discover({ email: 'lee@unknown.test' })).toEqual({ providers: [] })
  })

  test('is set by who may everything, since it says who the admins are', async () => {
    const office = await studio.person('manager')
    const permissions = ['studio:read', 'studio:update']
    const role = await api.as(admin).post('/roles').send({ name: 'Office', baseRole: 'manager', permissions })
    await api.as(admin).post(`/users/${office.userId}/role`).send({ roleId: role.body.id })
    const provider = await ready()
    await expect.poll(async () => (await api.as(office).get('/identity-providers')).status).toBe(200)
    expect((await change(provider, { issuer: 'https://evil.test' }, office)).body.code).toBe('role.exceeds_own')
    expect((await change(provider, { name: 'Mine' })).status).toBe(200)
    const issuer = 'https://ann:secret@login.test'
    expect((await change(provider, { issuer })).body.code).toBe('identity_provider.issuer')
    const added = { kind: 'oidc', name: 'Second', clientId: 'client-1' }
    const add = (fields: object) =>
      api
        .as(admin)
        .post('/identity-providers')
        .send({ ...added, ...fields })
    expect((await add({ issuer })).body.errors).toMatchObject([{ path: 'body.issuer' }])
    expect((await add({ issuer: 'https://login.test' })).status).toBe(201)
  })

  test('is of five at most, however many are added at once', async () => {
    const add = (n: number) =>
      api
        .as(admin)
        .post('/identity-providers')
        .send({ kind: 'oidc', name: `Login ${n}`, issuer: server.issuer, clientId: 'client-1' })
    const added = await Promise.all(Array.from({ length: 8 }, (_, n) => add(n)))
    expect(added.filter(({ status }) => status === 201)).toHaveLength(5)
  })

  test('is for admins, and the secret for nobody', async () => {
    const provider = await ready()
    const manager = await studio.person('manager')
    expect((await api.as(manager).get('/identity-providers')).status).toBe(403)
    const listed = await api.as(admin).get('/identity-providers')
    expect(listed.body.items).toHaveLength(1)
    expect(listed.body.items[0]).toMatchObject({ hasClientSecret: true })
    expect(JSON.stringify(listed.body)).not.toContain('secret/1')
    const { rows } = await api.owner.query('select * from identity_providers where id = $1', [provider.id])
    const logged = await api.owner.query('select * from audit where entity_id = $1', [provider.id])
    for (const kept of [rows, logged.rows]) {
      expect(kept.length).toBeGreaterThan(0)
      expect(JSON.stringify(kept)).not.toContain('secret/1')
    }
    const refuse = async (body: object) => (await change(provider, body)).body.code
    expect(await refuse({ ssoUrl: 'https://a.test' })).toBe('identity_provider.other_kind')
    expect(await refuse({ issuer: 'not an address' })).toBe('identity_provider.issuer')
    expect(await refuse({ domains: ['localhost'] })).toBe('identity_provider.domain')
    const stale = await api.as(admin).patch(`/identity-providers/${provider.id}`).set('if-match', '"v9"').send({})
    expect(stale.status).toBe(412)
  })
})
