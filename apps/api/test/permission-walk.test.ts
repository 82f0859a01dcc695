import { readFileSync } from 'node:fs'
import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeView } from '@sparkle/shared/auth'
import { decide } from '@sparkle/shared/decide'
import {
  permissionNames,
  type Permission,
  rolePermissions,
  roles,
  superAdminPermissions,
} from '@sparkle/shared/permissions'
import { buildApp } from '../src/app.ts'
import { newId } from '../src/core/ids.ts'
import { createSession } from '../src/db/system.ts'
import type { Access } from '../src/plugins/types.ts'
import { type Api, type Person, startApi, type TestStudio } from './harness.ts'

/** Somebody who walks, and what the tables say they may. */
interface Walker {
  name: string
  userId: string | null
  may(permission: Permission): boolean
}
interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  access: Access
}

/** Read from the tables and not by the server's own function: that is what is under test. */
const listed = (patterns: readonly string[]) => (name: Permission) => {
  const [resource] = name.split(':')
  return (
    patterns.some((one) => one === name || one === `${resource}:*`) ||
    (patterns.includes('*') && resource !== 'platform')
  )
}

interface Spec {
  paths: Record<string, Record<string, { description?: string }>>
}

let api: Api
let studio: TestStudio
let operations: Operation[]
let walkers: Walker[]

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PER_MINUTE: '100000' })
  studio = await api.studio()
  const routes: RouteOptions[] = []
  const app = await buildApp(api.deps, { logger: false, onRoute: (route) => routes.push(route) })
  await app.ready()
  await app.close()
  operations = routes
    .filter((route) => route.url.startsWith('/api/v1/'))
    .flatMap((route) =>
      [route.method].flat().map((method) => ({ method, url: route.url, access: route.config?.access }) as Operation),
    )
    .filter(({ method }) => (method as string) !== 'HEAD')
  walkers = await invite()
})
afterAll(() => api.close())

async function invite(): Promise<Walker[]> {
  const admin = await studio.person('admin')
  const made = await Promise.all(
    roles.map(async (role) => ({ ...(await studio.person(role)), name: role, may: listed(rolePermissions[role]) })),
  )
  const [custom, granted, denied, operator] = await Promise.all([
    studio.person('moderator'),
    studio.person('artist'),
    studio.person('manager'),
    studio.person('member'),
  ])
  const permissions: Permission[] = ['projects:read', 'urls:deploy', 'roles:read', 'studio:update']
  const role = await api.as(admin).post('/roles').send({ name: 'Launcher', baseRole: 'artist', permissions })
  expect((await api.as(admin).post(`/users/${custom.userId}/role`).send({ roleId: role.body.id })).status).toBe(200)
  const give = (person: Person, effect: string, permission: string) =>
    api.as(admin).post(`/users/${person.userId}/grants`).send({ effect, permission, reason: 'the walk' })
  expect((await give(granted, 'allow', 'urls:*')).status).toBe(201)
  expect((await give(denied, 'deny', 'projects:*')).status).toBe(201)
  await api.owner.query('update users set is_super_admin = true where id = $1', [operator.userId])
  await api.owner.query('update memberships set deactivated_at = now() where user_id = $1', [operator.userId])
  const artist = listed(rolePermissions.artist)
  const manager = listed(rolePermissions.manager)
  return [
    ...made,
    { name: 'super_admin', userId: operator.userId, may: listed(superAdminPermissions) },
    { name: 'a role of the studio', userId: custom.userId, may: (one) => permissions.includes(one) },
    { name: 'an artist granted urls:*', userId: granted.userId, may: (one) => artist(one) || one.startsWith('urls:') },
    {
      name: 'a manager denied projects:*',
      userId: denied.userId,
      may: (one) => manager(one) && !one.startsWith('projects:'),
    },
    { name: 'nobody', userId: null, may: () => false },
  ]
}

/** A session of its own: some of what is called ends the session it is called in. */
async function signIn(userId: string): Promise<string> {
  const id = newId()
  const { organizationId } = studio
  await createSession(api.deps.db, {
    id,
    userId,
    organizationId,
    refreshHash: id,
    userAgent: 'walk',
    address: '127.0.0.1',
    lifetimeSeconds: 600,
  })
  return api.app.jwt.sign({ sub: userId, sid: id })
}

function expected({ userId, may }: Walker, { access, method, url }: Operation): 'refused' | 'admitted' {
  if (access === 'public') return 'admitted'
  if (userId === null) return 'refused'
  if (access === 'signed-in') return 'admitted'
  if (!(permissionNames as readonly string[]).includes(access)) throw new Error(`${method} ${url} has no access`)
  return may(access) ? 'admitted' : 'refused'
}

const refusals = new Set(['auth.required', 'auth.forbidden', 'auth.no_studio'])

/** What the gate says. The ids are nobody's and the bodies empty, so that whoever is admitted gets 404 or 422 and changes nothing. */
async function actual(walker: Walker, { method, url }: Operation, token: string | null) {
  const address = url.replaceAll(/:[a-zA-Z]+/g, (name) => (name === ':number' ? '1' : newId()))
  const { statusCode, body } = await api.app.inject({
    method,
    url: address.replace('*', 'x'),
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  expect(statusCode, `${walker.name}: ${method} ${url}`).toBeLessThan(500)
  const code = statusCode === 401 || statusCode === 403 ? (JSON.parse(body) as { code: string }).code : ''
  return refusals.has(code) ? 'refused' : 'admitted'
}

test(
  'every role and every kind of person gets from every operation what the tables say',
  { timeout: 120_000 },
  async () => {
    expect(operations.length).toBeGreaterThan(120)
    const wrong: string[] = []
    const count = { refused: 0, admitted: 0 }
    for (const walker of walkers) {
      const token = walker.userId && (await signIn(walker.userId))
      for (const operation of operations) {
        const passing = operation.access === 'signed-in' || operation.access === 'public'
        // Without a studio some of what everybody signed in may do has nothing to be done in.
        if (walker.name === 'super_admin' && operation.access === 'signed-in') continue
        const own = passing && walker.userId ? await signIn(walker.userId) : token
        const should = expected(walker, operation)
        const is = await actual(walker, operation, own)
        count[should] += 1
        if (is !== should) wrong.push(`${walker.name}: ${operation.method} ${operation.url} was ${is}, not ${should}`)
      }
    }
    expect(wrong).toEqual([])
    expect(Math.min(count.refused, count.admitted)).toBeGreaterThan(300)
  },
)

test('every route asks for what the reviewed specification says', () => {
  const { paths } = JSON.parse(readFileSync(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8')) as Spec
  const told = { public: 'Open to everybody.', 'signed-in': 'For everybody who is signed in.' }
  const unlike = operations.flatMap(({ method, url, access }) => {
    const said = paths[url.replaceAll(/:([a-zA-Z]+)/g, '{$1}')]?.[method.toLowerCase()]?.description
    if (said === undefined) return []
    const promised = told[access as keyof typeof told] ?? `Needs the permission \`${access}\`.`
    return said.includes(promised) ? [] : [`${method} ${url}: ${access}`]
  })
  expect(unlike).toEqual([])
})

test('what is open to everybody is about signing in, of a public page, or bears a token', () => {
  const open = operations.filter(({ access }) => access === 'public').map(({ url }) => url.replace('/api/v1', ''))
  expect(open.filter((url) => !/^\/(auth|public|health)(\/|$)|\/:token(\/|$)/.test(url))).toEqual([])
})

test('the pages decide by the same function on what `GET /me` tells them, and come to the same', async () => {
  for (const walker of walkers.filter(({ userId }) => userId !== null)) {
    const headers = { authorization: `Bearer ${await signIn(walker.userId ?? '')}` }
    const me: MeView = (await api.app.inject({ url: '/api/v1/me', headers })).json()
    const subject = { userId: me.user.id, role: me.role, accountId: me.accountId, ...me.rights }
    const decided = permissionNames.filter((name) => decide(subject, name).allowed)
    expect([walker.name, decided]).toEqual([walker.name, permissionNames.filter((name) => walker.may(name))])
    expect(me.permissions).toEqual(decided)
  }
})

test('every permission of the list is held by somebody', () => {
  const held = permissionNames.filter((name) => walkers.some(({ may }) => may(name)))
  expect(held).toEqual([...permissionNames])
})
