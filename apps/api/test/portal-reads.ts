import type { RouteOptions } from 'fastify'
import {
  allows,
  guestPermissions,
  type GuestScope,
  type Permission,
  rolePermissions,
} from '@sparkle/shared/permissions'
import { buildApp } from '../src/app.ts'
import type { Person } from './harness.ts'
import { call, nameOf, things } from './neighbour-things.ts'
import type { World } from './neighbour-world.ts'
import type { Portal } from './portal-world.ts'

/** Somebody of the customer's side, and what the tables of permissions say they may read. */
export interface Reader {
  name: string
  person: Person
  /** What stands for an id where it has to be the reader's own. */
  own: Partial<World['ids']>
  may(route: Read): boolean
}

/** An operation that reads, with what its route says of who may call it. */
export interface Read {
  name: string
  access: string
  guests: boolean | string
}

/** What is not asked by the walk, with the reason. */
const apart: readonly [RegExp, string][] = [
  [/^GET \/events$/, 'a socket: it is listened to'],
  [/^GET \/auth\//, 'the doors of sign-in, for whoever is nobody yet'],
  [/:token/, 'opened with the links that its readers are given'],
]
/** What the tables let everybody of the customer's side ask for, and why it is refused all the same. */
export const refusedAnyway = new Map([
  ['GET /projects/:id/files', 'documents are the studio’s until a version of one is sent'],
  ['GET /project-files/:id', 'documents are the studio’s until a version of one is sent'],
  ['GET /project-files/:id/versions', 'documents are the studio’s until a version of one is sent'],
  ['GET /project-views', 'saved views are for the people of the studio'],
  ['GET /public/studios/:slug/logo', 'this studio has none'],
])

/** Every operation that reads, from the routes themselves. */
export async function readsOf({ api }: Pick<Portal, 'api'>): Promise<Read[]> {
  const routes: RouteOptions[] = []
  const app = await buildApp(api.deps, { logger: false, onRoute: (route) => routes.push(route) })
  await app.close()
  return routes
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/api/v1/'))
    .map((route) => ({
      name: nameOf(route),
      access: route.config?.access ?? '',
      guests: route.config?.guests ?? false,
    }))
}
export const isApart = ({ name }: Read) => apart.some(([pattern]) => pattern.test(name))
/** An upload's progress is for whoever began it; a document leaves the studio by a download, which ends with its link. */
const studioLinks = ['GET /_resumable/:token', 'GET /documents/:token']
/** What links of the customer's side open. */
export const opensByToken = ({ name }: Read) => name.includes(':token') && !studioLinks.includes(name)

export function clientReader(person: Person, own: Reader['own']): Reader {
  const may = ({ access }: Read) =>
    access === 'public' || access === 'signed-in' || allows(rolePermissions[person.role], access as Permission)
  return { name: person.role, person, own, may }
}

export function guestReader(scope: GuestScope, person: Person): Reader {
  const may = ({ access, guests }: Read) => {
    const needed = guests === true ? access : guests
    return access === 'public' || (guests !== false && allows(guestPermissions[scope], needed as Permission))
  }
  return { name: `guest to ${scope}`, person, own: {}, may }
}

/** Queries without which an operation answers 422. */
const needed: Record<string, string> = {
  'GET /permissions/explain': '?permission=projects:read',
  'GET /search': '?q=Rex',
}

/** Asks for what stands for the operation's id. */
export function read({ api, studio, world }: Pick<Portal, 'api' | 'studio' | 'world'>, reader: Reader, name: string) {
  const ids = { ...world.ids, ...reader.own }
  if (things[name]) return call(api, reader.person, name, { ...world, ids })
  const path = name
    .replace('GET ', '')
    .replace(':slug', studio.slug)
    .replaceAll(/:[a-zA-Z]+/g, ids.project)
  return api.as(reader.person).get(path + (needed[name] ?? ''))
}

/** Everything that the addresses in these texts give, by the operation that gives it, and the texts of what they lead to. */
export async function follow({ api }: Pick<Portal, 'api'>, texts: readonly string[]): Promise<Map<string, string[]>> {
  const link = new RegExp(`${api.deps.config.publicOrigin}(/api/v1/[A-Za-z0-9_./~-]+)`, 'g')
  const paths = new Set(texts.flatMap((text) => [...text.matchAll(link)].map(([, path]) => String(path))))
  const given = new Map<string, string[]>()
  for (const url of paths) {
    const reply = await api.app.inject({ url })
    if (reply.statusCode >= 300) continue
    const name = `GET ${url.replace('/api/v1', '').replace(/[^/]+$/, ':token')}`
    const text = reply.rawPayload.toString('latin1') + JSON.stringify(reply.headers)
    given.set(name, [...(given.get(name) ?? []), text])
  }
  return given
}
