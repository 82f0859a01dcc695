import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allows, isAccountRole, type Permission, rolePermissions, roles, type Role } from '@sparkle/shared/permissions'
import { buildApp } from '../src/app.ts'
import { type Api, type Person, type Requests, startApi, type TestStudio } from './harness.ts'
import { call, nameOf, things } from './neighbour-things.ts'
import { furnish, type World } from './neighbour-world.ts'
import { consentVersion } from '../src/modules/orders/orders.rules.ts'
import { specOperations } from './spec-ids.ts'

/**
 * Somebody of studio A, in every role, against every kind of id of studio B, in every place in which an operation of the
 * specification takes one. Nothing of B may come back, change, or be pointed at by a row of A.
 */
const marker = 'zq7marker'
type Ids = World['ids']
/** A body that fits its schema but for the one id of B in it, on A's own things; by operation and place of the id. */
const bodies: Record<string, (a: Ids, b: Ids) => object> = {
  'POST /auth/switch organizationId': (_, b) => ({ organizationId: b.organization }),
  'POST /notifications userId': (_, b) => ({ userId: b.user, message: 'Hello' }),
  'POST /notifications projectId': (a, b) => ({ userId: a.user, message: 'Hello', projectId: b.project }),
  'POST /users/:id/role roleId': (_, b) => ({ roleId: b.customRole }),
  'POST /users/:id/grants projectId': (_, b) => ({
    effect: 'allow',
    permission: 'projects:read',
    projectId: b.project,
  }),
  'POST /users/:id/grants assetId': (_, b) => ({ effect: 'allow', permission: 'assets:read', assetId: b.asset }),
  'POST /api-keys userId': (_, b) => ({ name: 'Key', scopes: ['projects:read'], userId: b.serviceAccount }),
  'POST /profiles userId': (_, b) => ({ kind: 'artist', userId: b.user }),
  'POST /profiles accountId': (_, b) => ({ kind: 'pet', name: 'Own', accountId: b.account }),
  'POST /profiles projectId': (_, b) => ({ kind: 'pet', projectId: b.project }),
  'POST /projects petProfileId': (_, b) => ({ petName: 'Own', petProfileId: b.profile }),
  'POST /people/exports subject.userId': (_, b) => ({ subject: { userId: b.user } }),
  'POST /people/exports subject.contactId': (_, b) => ({ subject: { contactId: b.contact } }),
  'POST /people/erasures/preview subject.userId': (_, b) => ({ subject: { userId: b.user } }),
  'POST /people/erasures/preview subject.contactId': (_, b) => ({ subject: { contactId: b.contact } }),
  'POST /people/erasures subject.userId': (_, b) => ({ subject: { userId: b.user }, reason: 'x' }),
  'POST /people/erasures subject.contactId': (_, b) => ({ subject: { contactId: b.contact }, reason: 'x' }),
  'POST /accounts/:id/merge into': (_, b) => ({ into: b.otherAccount }),
  'POST /projects assignedArtistId': (_, b) => ({ petName: 'Own', assignedArtistId: b.user }),
  'POST /projects/:id/assign userId': (_, b) => ({ userId: b.user }),
  'POST /projects/bulk items.[]id': (_, b) => ({ items: [{ id: b.project, change: { priority: 'high' } }] }),
  'POST /projects/bulk items.[]change.assignedArtistId': (a, b) => ({
    items: [{ id: a.project, change: { assignedArtistId: b.user } }],
  }),
  'POST /assets/bulk items.[]id': (_, b) => ({ items: [{ id: b.asset, change: { deleted: true } }] }),
  'POST /projects/:id/files/uploads fileId': (_, b) => ({ filename: 'a.pdf', sizeBytes: 10, fileId: b.projectFile }),
  'POST /assets/:id/sprites paletteFrom': (_, b) => ({ size: 32, colors: 8, paletteFrom: b.asset }),
  'POST /assets/:id/redraw photoId': (_, b) => ({ photoId: b.asset }),
  'POST /assets/:id/redraw paletteFrom': (_, b) => ({ paletteFrom: b.asset }),
  'POST /orders uploadIds.[]': (_, b) => orderWith(b.orderUpload),
  'POST /orders petProfileId': (_, b) => ({ ...orderWith(b.orderUpload), uploadIds: [], petProfileId: b.profile }),
  'POST /public/orders/:token/photos uploadId': (_, b) => ({ uploadId: b.orderUpload }),
  'POST /public/studios/:slug/orders uploadIds.[]': (_, b) => orderWith(b.orderUpload),
  'POST /projects/:id/builds assets.{}': (_, b) => ({ templateId: 'catcher', assets: { pet: b.asset } }),
  'POST /projects/:id/versions buildId': (_, b) => ({ buildId: b.build }),
  'POST /projects/:id/versions assetId': (_, b) => ({ assetId: b.asset }),
  'POST /projects/:id/versions fileVersionId': (_, b) => ({ fileVersionId: b.fileVersion }),
  'POST /versions/:id/comments parentId': (_, b) => ({ body: 'Own', parentId: b.comment }),
  'POST /versions/:id/comments mentions.[]': (_, b) => ({ body: 'Own', mentions: [b.user] }),
  'POST /versions/:id/comments attachmentIds.[]': (_, b) => ({ body: 'Own', attachmentIds: [b.attachment] }),
  'POST /versions/:id/comments anchor.buildId': (_, b) => ({
    body: 'Own',
    anchor: { kind: 'moment', buildId: b.build, tick: 0, stateHash: '0123456789abcdef', log: 'AQE' },
  }),
  'PATCH /comments/:id mentions.[]': (_, b) => ({ mentions: [b.user] }),
  'POST /projects/:id/messages attachmentIds.[]': (_, b) => ({ body: 'Own', attachmentIds: [b.attachment] }),
  'POST /urls/:id/deploy buildId': (_, b) => ({ buildId: b.build }),
  'POST /urls/:id/deploy replaces': (a, b) => ({ buildId: a.build, replaces: b.build }),
}
const orderWith = (uploadId: string) => ({
  customer: { name: 'Ann', email: 'ann@example.test' },
  pet: { name: 'Rex' },
  packageType: 'custom',
  gameConfig: { theme: 'garden', difficulty: 'easy', features: [] },
  uploadIds: [uploadId],
  consent: { version: consentVersion },
})
/** Places whose id is only kept or compared, with the reason why naming another studio's thing there is harmless. */
const harmless = new Map([
  ['POST /project-views filters.artist', 'a saved filter, applied under row-level security'],
  ['PATCH /project-views/:id filters.artist', 'a saved filter, applied under row-level security'],
])

/** Doors of studios' own sign-in: for whoever is not signed in. They say what a provider is told of us, and no more. */
const publicDoor = /^[A-Z]+ \/auth\/(oidc|saml)\/:providerId\//

interface Place {
  api: Api
  routes: RouteOptions[]
  home: TestStudio
  people: Person[]
  own: World
  foreign: World
  away: TestStudio
}

async function settle(who: readonly Role[] = roles): Promise<Place> {
  const api = await startApi()
  const routes: RouteOptions[] = []
  const app = await buildApp(api.deps, { logger: false, onRoute: (route) => routes.push(route) })
  await app.close()
  const [home, away] = await Promise.all([api.studio(), api.studio()])
  const own = await furnish(api, home)
  const foreign = await furnish(api, away)
  const people = await Promise.all(who.map((role) => home.person(role)))
  return { api, routes, home, people, own, foreign, away }
}

async function tenantTables({ owner }: Api) {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  return rows.map((row) => row.name)
}

/** Writes the marker into every text of the studio that its constraints let; answers into how many columns. */
async function markTexts({ owner }: Api, organizationId: string): Promise<number> {
  const { rows } = await owner.query<{ place: string; text: string; tenant: string }>(
    `select c.relname as place, t.attname as text, a.attname as tenant from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = case c.relname when 'organizations' then 'id' else 'organization_id' end
     join pg_attribute t on t.attrelid = c.oid and t.atttypid = 'text'::regtype and t.attnum > 0 and t.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  )
  let marked = 0
  for (const { place, text, tenant } of rows) {
    const set = `update ${place} set ${text} = coalesce(${text}, '') || '${marker}' where ${tenant} = $1`
    const done = await owner.query(set, [organizationId]).catch((error: { code?: string }) => {
      // A check, a key or an append-only table: what it lets through is no free text.
      if (error.code?.startsWith('23') || error.code === '42501' || error.code === '22001') return null
      throw error
    })
    if (done?.rowCount) marked += 1
  }
  return marked
}

/** What all rows of a studio are, in one value for each table. */
async function stateOf(api: Api, organizationId: string): Promise<Record<string, string>> {
  const state: Record<string, string> = {}
  for (const name of await tenantTables(api)) {
    const { rows } = await api.owner.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where organization_id = $1`,
      [organizationId],
    )
    state[name] = rows[0].sum
  }
  return state
}

/** Staff's alone, whatever may be read: their routes tell customers so before they look anything up. */
const staffOnly = new Set(['PATCH /project-views/:id', 'DELETE /project-views/:id'])

function may(role: Role, name: string, access: unknown): boolean {
  if (staffOnly.has(name) && isAccountRole(role)) return false
  return access === 'public' || access === 'signed-in' || allows(rolePermissions[role], access as Permission)
}

interface Reply {
  status: number
  text: string
  headers: unknown
}

/** What of B a reply shows beyond the ids that the request itself named. */
function shown({ foreign, away }: Place, { text, headers }: Reply, sent: string): string[] {
  const reply = `${text ?? ''}\n${JSON.stringify(headers)}`
  const ids = [...Object.values(foreign.ids), foreign.admin.userId, foreign.admin.email, away.slug]
  return [marker, ...ids].filter((secret) => reply.includes(secret) && !sent.includes(secret))
}

/** Every id of B in its path: 404, or 403 where the role lacks the permission for any such thing. */
async function pathLeaks(place: Place, names?: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const routes = place.routes.filter(
    ({ url, method }) => url.includes('/:id') && method !== 'HEAD' && !url.includes('/platform/'),
  )
  for (const route of routes) {
    const name = nameOf(route)
    if (names && !names.includes(name)) continue
    for (const person of place.people) {
      const reply = await call(place.api, person, name, place.foreign)
      const refused = reply.status === 404 || (reply.status === 403 && !may(person.role, name, route.config?.access))
      if (!refused) found.push(`${person.role}: ${name} answers ${reply.status}`)
      const sent = reply.request?.url + JSON.stringify(things[name]?.body?.(place.foreign) ?? '')
      for (const secret of shown(place, reply, sent)) found.push(`${person.role}: ${name} shows ${secret}`)
    }
  }
  return found
}

const ask = (api: Api, person: Person, name: string, path: string) =>
  api.as(person)[name.split(' ')[0]?.toLowerCase() as keyof Requests](path)

describe('somebody of another studio', () => {
  let place: Place
  let before: Record<string, string>
  let marked = 0
  beforeAll(async () => {
    place = await settle()
    marked = await markTexts(place.api, place.away.organizationId)
    before = await stateOf(place.api, place.away.organizationId)
  }, 120_000)
  afterAll(() => place.api.close())

  test('every id that the specification takes has something in the walk', () => {
    const missing = specOperations.flatMap(({ name, pathIds, bodyIds }) => [
      ...(pathIds.length > 0 && !name.includes('/platform/') && !publicDoor.test(name) && !things[name] ? [name] : []),
      ...bodyIds.map((where) => `${name} ${where}`).filter((one) => !bodies[one] && !harmless.has(one)),
    ])
    expect(missing).toEqual([])
    expect(marked, 'columns that hold the marker').toBeGreaterThan(40)
    expect(specOperations.filter(({ pathIds }) => pathIds.length > 0).length).toBeGreaterThan(80)
  })

  test('gets 404 for every id in a path, in every role', async () => {
    expect(await pathLeaks(place)).toEqual([])
  }, 120_000)

  test('finds nothing in any list, export or search, whatever id it is asked for', async () => {
    const found: string[] = []
    const lists = specOperations.filter(({ name }) => /^GET [^:]*$/.test(name) && name !== 'GET /events')
    expect(lists.length).toBeGreaterThan(25)
    for (const { name, queryIds } of lists)
      for (const person of place.people) {
        const queries = ['', `?q=${marker}`, ...queryIds.map((key) => `?${key}=${idFor(key, place.foreign.ids)}`)]
        for (const query of queries) {
          const reply = await ask(place.api, person, name, name.replace('GET ', '') + query)
          if (reply.status >= 500) found.push(`${person.role}: ${name}${query} answers ${reply.status}`)
          for (const secret of shown(place, reply, query)) found.push(`${person.role}: ${name}${query} shows ${secret}`)
          const { items } = reply.body as { items?: unknown[] }
          if (query.includes('Id=') && items && items.length > 0 && !harmlessFilter(query))
            found.push(`${person.role}: ${name}${query} is not empty`)
        }
      }
    expect(found).toEqual([])
  }, 120_000)

  test('cannot point at anything by naming it in a body', async () => {
    const found: string[] = []
    for (const { name, bodyIds } of specOperations)
      for (const where of bodyIds) {
        const body = bodies[`${name} ${where}`]?.(place.own.ids, place.foreign.ids)
        if (!body) continue
        for (const person of place.people) {
          const kind = things[name]?.kind
          const path = name
            .replace(/^\w+ /, '')
            .replace(':id', kind ? place.own.ids[kind] : '')
            .replace(':slug', place.home.slug)
          const reply = await ask(place.api, person, name, path).send(body)
          const inside = (reply.body as { results?: { status: number }[] }).results?.map((one) => one.status)
          for (const status of inside ?? [reply.status])
            if (![403, 404, 409, 422].includes(status)) found.push(`${person.role}: ${name} ${where} answers ${status}`)
          for (const secret of shown(place, reply, JSON.stringify(body)))
            found.push(`${person.role}: ${name} ${where} shows ${secret}`)
        }
      }
    expect(found).toEqual([])
  }, 120_000)

  test('has changed nothing there, and nothing here points there', async () => {
    expect(await stateOf(place.api, place.away.organizationId)).toEqual(before)
    const ids = Object.values(place.foreign.ids)
    const pointing: string[] = []
    for (const name of await tenantTables(place.api)) {
      const { rowCount } = await place.api.owner.query(
        // What was read or exported is on record with the filter as it was typed.
        `select from ${name} t where organization_id = $1 and t::text like any($2)
         ${name === 'audit' ? "and action !~ ':(exported|read)$'" : ''} limit 1`,
        [place.home.organizationId, ids.map((id) => `%${id}%`)],
      )
      if (rowCount) pointing.push(name)
    }
    expect(pointing).toEqual([])
  })
})

function idFor(key: string, ids: Ids): string {
  const kind = key === 'assignedTo' ? 'user' : (key.replace(/Id$/, '') as keyof Ids)
  return ids[kind] ?? ids.project
}

/** The person whose keys are listed is somebody else's: then it is the caller's own that come. */
function harmlessFilter(query: string): boolean {
  return query.startsWith('?userId=')
}

test('the walk goes red where the database stops keeping studios apart', async () => {
  const place = await settle(['admin'])
  await place.api.owner.query('alter table projects disable row level security')
  const names = ['GET /projects/:id', 'PATCH /projects/:id', 'POST /projects/:id/assign']
  const found = await pathLeaks(place, names)
  await place.api.close()
  for (const name of names) expect(found).toContain(`admin: ${name} answers 200`)
}, 120_000)
