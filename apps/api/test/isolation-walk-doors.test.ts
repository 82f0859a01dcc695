import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { roles } from '@sparkle/shared/permissions'
import { sha256, type TokenPurpose } from '../src/core/crypto.ts'
import { inTenant } from '../src/core/in-tenant.ts'
import { emit } from '../src/core/outbox.ts'
import { relayOrganization } from '../src/jobs/relay.ts'
import { type Api, type Person, startApi, type TestStudio } from './harness.ts'
import { furnish, type World } from './neighbour-world.ts'

/**
 * The doors that the isolation walk does not go through, because they take no id: sockets with their rooms, and signed
 * links, which are all the permission there is. Somebody of studio A tries those of studio B.
 */
const marker = 'zq7marker'
let api: Api
let home: TestStudio
let away: TestStudio
let own: World
let foreign: World
let people: Person[]

beforeAll(async () => {
  api = await startApi()
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  ;[home, away] = await Promise.all([api.studio(), api.studio()])
  ;[own, foreign] = await Promise.all([furnish(api, home), furnish(api, away)])
  people = await Promise.all(roles.map((role) => home.person(role)))
}, 120_000)
afterAll(() => api.close())

interface Message {
  type: string
  room?: string
  code?: string
}

/** A socket with all that it has heard; `heard` resolves with the first message that fits, past or coming. */
async function openSocket(person: Person, query = '') {
  const { port } = api.app.server.address() as AddressInfo
  const headers = { authorization: `Bearer ${person.token}` }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events${query}`, { headers })
  const messages: Message[] = []
  socket.on('message', (raw: Buffer) => messages.push(JSON.parse(raw.toString()) as Message))
  async function heard(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = messages.find(fits)
      if (found) return found
      await once(socket, 'message')
    }
  }
  await heard(({ type }) => type === 'ready')
  const say = (type: string, room: string) => socket.send(JSON.stringify({ type, room }))
  return { messages, heard, say, close: () => socket.terminate() }
}

async function happen({ organizationId }: TestStudio, projectId: string, accountId: string): Promise<void> {
  const actor = { kind: 'system', organizationId, job: 'test' } as const
  const data = { accountId, name: marker }
  await inTenant(api.deps.db, actor, (tx) => emit(tx, actor, 'url:deployed', { projectId, data }))
  await relayOrganization(api.deps.db, api.deps.crypto, organizationId)
}

describe('sockets of another studio', () => {
  test('are refused in its rooms in every role, and hear nothing of it, neither what was nor what comes', async () => {
    const { project, account } = foreign.ids
    await happen(away, project, account)
    const theirs = await openSocket(foreign.admin, '?after=0')
    const rooms = [`project:${project}`, `account:${account}`]
    for (const room of rooms) {
      theirs.say('subscribe', room)
      await theirs.heard((message) => message.type === 'subscribed' && message.room === room)
    }
    expect(JSON.stringify(theirs.messages), 'the control: there is something to hear').toContain(marker)

    const strangers = await Promise.all(people.map((person) => openSocket(person, '?after=0')))
    for (const [n, stranger] of strangers.entries())
      for (const room of rooms) {
        stranger.say('typing', room)
        stranger.say('subscribe', room)
        const answer = await stranger.heard((message) => message.room === room)
        expect([people[n]?.role, answer.type, answer.code]).toEqual([people[n]?.role, 'refused', 'room.not_found'])
      }

    const before = theirs.messages.length
    await happen(away, project, account)
    await theirs.heard((message) => message.type === 'url:deployed' && theirs.messages.indexOf(message) >= before)
    // What A's own studio is told afterwards has come after anything of B's that would have slipped through.
    await happen(home, own.ids.project, own.ids.account)
    for (const [n, stranger] of strangers.entries()) {
      const role = people[n]?.role ?? 'admin'
      if (['admin', 'manager', 'artist', 'moderator'].includes(role))
        await stranger.heard(({ type }) => type === 'url:deployed')
      const all = JSON.stringify(stranger.messages)
      const ids = [...Object.values(foreign.ids), foreign.admin.userId]
      const seen = ids.filter((id) => all.includes(id) && !rooms.some((room) => room.endsWith(id)))
      expect([role, seen]).toEqual([role, []])
      expect(stranger.messages.filter(({ type, room }) => rooms.includes(room ?? '') && type !== 'refused')).toEqual([])
    }
    const presence = theirs.messages.filter(({ type }) => type === 'typing' || type === 'user:joined')
    expect(JSON.stringify(presence)).not.toContain(own.ids.organization)
    for (const person of people) expect(JSON.stringify(theirs.messages)).not.toContain(person.userId)
    for (const socket of [theirs, ...strangers]) socket.close()
  })
})

interface Door {
  /** What its token names, with its studio first. */
  ids: (world: World) => string[]
  path: (token: string) => string
}
const get = (path: string) => (token: string) => `${path}/${token}`
const personal = 'names a person or a browser, and no studio'

/** Every purpose a token is signed for: its door, or why there is none of a studio behind it. */
const doors: Record<TokenPurpose, Door | string> = {
  content: {
    ids: ({ ids }) => [ids.organization, ids.asset, 'original', sha256('picture').slice(0, 16)],
    path: get('/files'),
  },
  'project-file': { ids: ({ ids }) => [ids.organization, ids.fileVersion], path: get('/documents') },
  'person-export': { ids: ({ ids }) => [ids.organization, ids.personExport], path: get('/public/person-exports') },
  attachment: { ids: ({ ids }) => [ids.organization, ids.attachment], path: get('/attachments') },
  download: 'names its link, its version and its studio: its own test forges, expires and borrows it',
  delivery: 'like a download, and tested with it',
  tracking: { ids: ({ ids }) => [ids.organization, ids.order], path: get('/public/orders') },
  invite: { ids: ({ ids }) => [ids.organization, ids.invitation], path: get('/public/invites') },
  unsubscribe: {
    ids: ({ ids, admin }) => [ids.organization, admin.userId, 'url_deployed'],
    path: get('/public/unsubscribe'),
  },
  preview: 'opened by the host alone: its own test forges, expires and swaps it',
  upload: 'names a key of the store, which only the API writes into it',
  resumable: 'names a key of the store, which only the API writes into it',
  'guest-link': 'kept as a hash of the whole token with its link: its own test forges, ends and swaps it',
  'guest-visit': 'opens what its link opens, and ends with it: tested beside it',
  'password-reset': personal,
  'confirm-email': personal,
  device: personal,
  passkey: personal,
  'sso-relay': personal,
  'sso-test': personal,
}

describe('signed links of another studio', () => {
  const soon = () => new Date(Date.now() + 60_000)
  const sign = (purpose: TokenPurpose, ids: string[], expiresAt = soon()) =>
    api.deps.crypto.signToken(purpose, ids, expiresAt)
  const [bodyOf, macOf] = [(token: string) => token.split('.')[0], (token: string) => token.split('.')[1]]
  const listed = Object.entries(doors).flatMap(([purpose, door]) =>
    typeof door === 'string' ? [] : [[purpose as TokenPurpose, door] as const],
  )

  beforeAll(async () => {
    for (const { ids } of [own, foreign]) {
      // What nothing names yet opens to nobody.
      await api.owner.query(
        "update attachments set loose_since = null, owner_kind = 'comment', owner_id = $2 where id = $1",
        [ids.attachment, ids.comment],
      )
      const key = `${ids.organization}/exports/${ids.personExport}.json`
      const contents = JSON.stringify({ pages: [], files: [] })
      await api.deps.store.put(key, Buffer.from(contents), 'application/json')
      await api.owner.query(
        "update person_exports set status = 'finished', storage_key = $2, digest = $3, size_bytes = 7, expires_at = now() + interval '1 day' where id = $1",
        [ids.personExport, key, sha256(contents)],
      )
    }
  })

  test.each(listed)('%s: tampered with, swapped and expired ones are not there', async (purpose, door) => {
    const [mine, theirs] = [door.ids(own), door.ids(foreign)]
    const genuine = sign(purpose, theirs)
    const end = genuine.at(-1) === 'A' ? 'B' : 'A'
    const other: TokenPurpose = purpose === 'tracking' ? 'invite' : 'tracking'
    const wrong = {
      'another end': genuine.slice(0, -1) + end,
      'our ids under their signature': `${bodyOf(sign(purpose, mine))}.${macOf(genuine)}`,
      'their ids under our signature': `${bodyOf(genuine)}.${macOf(sign(purpose, mine))}`,
      'their thing, signed for our studio': sign(purpose, [mine[0] as string, ...theirs.slice(1)]),
      'our thing, signed for their studio': sign(purpose, [theirs[0] as string, ...mine.slice(1)]),
      'signed for something else': sign(other, theirs),
      expired: sign(purpose, theirs, new Date(Date.now() - 2000)),
    }
    for (const [name, token] of Object.entries(wrong))
      for (const person of [null, people[0] as Person])
        expect([name, (await api.as(person).get(door.path(token))).status]).toEqual([name, 404])
    for (const ids of [mine, theirs])
      expect((await api.as(null).get(door.path(sign(purpose, ids)))).status, 'the control').toBe(200)
  })

  test('a genuine one in a stranger’s hands is put on record where its file is, and names nobody of elsewhere', async () => {
    const admin = people[0] as Person
    const downloads = [
      ['project-file', 'document:downloaded'],
      ['person-export', 'user:export:downloaded'],
      ['attachment', 'attachment:downloaded'],
    ] as const
    for (const [purpose, action] of downloads) {
      const door = doors[purpose]
      if (typeof door === 'string') throw new Error('This one is a door.')
      const reply = await api.as(admin).get(door.path(sign(purpose, door.ids(foreign))))
      expect(reply.status).toBe(200)
      const { rows } = await api.owner.query(
        'select organization_id, actor_kind, actor_id from audit where request_id = $1 and action = $2',
        [reply.headers['x-request-id'], action],
      )
      expect(rows).toEqual([{ organization_id: away.organizationId, actor_kind: 'public', actor_id: null }])
    }
  })
})
