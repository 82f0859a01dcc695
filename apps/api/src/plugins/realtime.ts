import websocket from '@fastify/websocket'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { WebSocketServer } from 'ws'
import { z } from 'zod'
import type { Grant } from '@sparkle/shared/decide'
import { clientMessage } from '@sparkle/shared/events'
import type { UserActor } from '../core/actor.ts'
import { AppError } from '../core/app-error.ts'
import { homeRoom, mayEnter, parseRoom, type RoomTarget } from '../core/event-rights.ts'
import { inTenantRead, type Database } from '../core/in-tenant.ts'
import { rightsOf } from '../core/rights.ts'
import { fields, statement } from '../core/statement.ts'
import { loadSession } from '../db/system.ts'
import { accounts } from '../db/tables/organizations.ts'
import { projects } from '../db/tables/projects.ts'
import { createHub, type Hub } from './realtime-hub.ts'
import { closeCodes, send, sightOf, type Member } from './realtime-member.ts'
import type { App } from './types.ts'

const maxMessageBytes = 2048
/** What a page may say in a while; typing is throttled by the page itself to one in two seconds. */
const messageBudget = { count: 40, seconds: 10 }
const heartbeatSeconds = 25
const goodbyeSeconds = 2
/** Sessions end by themselves, too: looked at again every so many heartbeats. */
const sessionCheckBeats = 8

/**
 * Lets requests upgrade to WebSockets. Has to be registered before any hook that may refuse a request: only then is the
 * connection of a refused upgrade closed; otherwise everybody could leave connections open that nobody owns.
 */
export const webSockets = fp(
  async (app) => {
    await app.register(websocket, {
      options: { maxPayload: maxMessageBytes, perMessageDeflate: false },
      errorHandler(error, socket, request) {
        // What a page sent against the protocol is not our failure: anybody could fill the log with it.
        const isTheirs = 'code' in error && String(error.code).startsWith('WS_ERR_')
        request.log[isTheirs ? 'debug' : 'error']({ err: error }, 'a socket broke')
        socket.terminate()
      },
      async preClose() {
        await endSockets(app.websocketServer)
      },
    })
  },
  { name: 'web-sockets' },
)

/** Lets every page go. One that does not answer (a phone in a tunnel) would otherwise hold the stop up for half a minute. */
async function endSockets(server: WebSocketServer): Promise<void> {
  const pages = [...server.clients]
  const gone = pages.map((page) => new Promise((resolve) => page.once('close', resolve)))
  server.close()
  for (const page of pages) page.close(1001, 'the server is going away')
  const impatient = setTimeout(() => pages.forEach((page) => page.terminate()), goodbyeSeconds * 1000)
  await Promise.all(gone)
  clearTimeout(impatient)
}

/** `GET /events`: a studio's events live, with what was missed by `?after=seq`, presence and typing. */
export async function realtime(app: App): Promise<void> {
  const { db, listener, shared } = app.deps
  const hub = createHub({ db, shared }, app.log)
  const alive = new WeakSet<Member>()

  const stops = [
    listener.on('sc_events', (payload) => hub.wake(payload.split(':')[0] ?? '')),
    listener.on('sc_users', (userId) => void checkSessions((member) => member.actor.userId === userId)),
    listener.on('reconnected', () => {
      hub.wakeAll()
      void checkSessions(() => true)
    }),
  ]
  let beats = 0
  const heartbeat = setInterval(() => {
    for (const member of hub.members()) {
      if (!alive.delete(member)) member.socket.terminate()
      else member.socket.ping()
    }
    beats += 1
    if (beats % sessionCheckBeats === 0) void checkSessions(() => true)
  }, heartbeatSeconds * 1000)
  app.addHook('onClose', async () => {
    clearInterval(heartbeat)
    stops.forEach((stop) => stop())
    await hub.close()
  })

  /** Closes the sockets of sessions that have ended, or that mean another studio or role by now. */
  async function checkSessions(concerned: (member: Member) => boolean): Promise<void> {
    for (const member of hub.members().filter(concerned)) {
      try {
        if (!(await stillHolds(app, member.actor)))
          member.socket.close(closeCodes.sessionEnded, 'the session has ended or changed')
      } catch (error) {
        app.log.error({ err: error }, 'a session could not be checked')
      }
    }
  }

  app.route({
    method: 'GET',
    url: '/events',
    config: { access: 'signed-in', keys: true },
    schema: {
      operationId: 'openEvents',
      summary: 'Events live (WebSocket)',
      description:
        'Server: `{seq, id, type, at, projectId, actor, data}`; presence, typing and `message:read` come without `seq`: `{type, at, room, data}`; where many come or go at once one message tells of several, in `data.others` of all but the first. After what was missed comes `{type: "ready", data: {seq}}`. Client: `{type: "subscribe" | "unsubscribe" | "typing", room}` with the rooms `org`, `account:{id}` and `project:{id}`, answered by `subscribed`, `unsubscribed` or `refused`, which also comes when a room is lost later. Staff begin in `org`, customers in their account. Close codes: 1008 for what is not such a message, 4401 when the session has ended, 4408 for a reader that is too slow; come back with `?after=` the last `seq`.',
      tags: ['Activity'],
      querystring: z.object({
        after: z.coerce
          .number()
          .int()
          .min(0)
          .max(Number.MAX_SAFE_INTEGER)
          .optional()
          .meta({ description: 'Sends first what came after this `seq`.' }),
      }),
      response: { 101: z.null().meta({ description: 'Switching to the WebSocket protocol.' }) },
    },
    // Read before the upgrade, so that a session without a studio gets a proper refusal.
    preValidation: async (request) => void request.actor,
    handler: async () => {
      throw new AppError(
        'malformed',
        'events.upgrade_required',
        'This is a WebSocket: connect to it with ws:// or wss://.',
      )
    },
    wsHandler: (socket, request) => {
      const { actor, raw } = request
      const member: Member = {
        actor,
        socket,
        wire: raw.socket,
        rooms: new Set(),
        seq: 0,
        live: false,
        typedAt: new Map(),
        sight: sightOf(actor),
      }
      alive.add(member)
      socket.on('pong', () => alive.add(member))
      serve(hub, db, member, request)
    },
  })
}

/** Messages of a page are done one after another, and only once it stands in its own room. */
function serve(hub: Hub, db: Database, member: Member, request: FastifyRequest): void {
  const { socket } = member
  const { after } = request.query as { after?: number }
  const fail = (error: unknown) => {
    request.log.error({ err: error }, 'a socket failed')
    socket.close(1011, 'something went wrong on our side')
  }
  const home = homeRoom(member.actor)
  const allow = budget()
  let turn = (home ? hub.enter(member, home) : Promise.resolve()).catch(fail)
  hub.connect(member, after).catch(fail)

  socket.on('message', (raw: Buffer, isBinary: boolean) => {
    const message = isBinary ? undefined : parseMessage(raw.toString('utf8'))
    if (!message || !allow())
      return socket.close(1008, message ? 'too many messages' : 'not a message of this protocol')
    turn = turn.then(() => obey(hub, db, member, message)).catch(fail)
  })
  socket.on('close', () => {
    turn = turn.then(() => hub.disconnect(member)).catch(fail)
  })
}

async function obey(hub: Hub, db: Database, member: Member, message: z.infer<typeof clientMessage>): Promise<void> {
  const { type, room } = message
  if (type === 'typing') return hub.typing(member, room)
  if (type === 'unsubscribe') {
    await hub.leave(member, room)
    return send(member, { type: 'unsubscribed', room })
  }
  const refusal = await refusalOf(db, member.actor, parseRoom(room))
  if (refusal) return send(member, { type: 'refused', room, code: refusal })
  await hub.enter(member, room)
  return send(member, { type: 'subscribed', room })
}

const accountOfProject = statement<{ id: string }>('realtime.project')((q) =>
  q
    .select(fields({ accountId: projects.accountId }))
    .from(projects)
    .where(and(sql`${projects.id} = ${sql.placeholder('id')}::uuid`, isNull(projects.deletedAt))),
)
const ownAccount = statement<{ id: string }>('realtime.account')((q) =>
  q
    .select(fields({ accountId: accounts.id }))
    .from(accounts)
    .where(eq(accounts.id, sql`${sql.placeholder('id')}::uuid`)),
)

/** Why somebody may not enter; a room of another studio is not there at all. */
async function refusalOf(db: Database, actor: UserActor, target: RoomTarget): Promise<string | null> {
  if (target.kind === 'org') return mayEnter(actor, target, null) ? null : 'room.forbidden'
  if (!z.uuid().safeParse(target.id).success) return 'room.not_found'
  const { id } = target
  const [found] = await inTenantRead<{ accountId: string | null }[]>(db, actor, (tx) =>
    target.kind === 'project' ? tx.run(accountOfProject, { id }) : tx.run(ownAccount, { id }),
  )
  return found && mayEnter(actor, target, found.accountId) ? null : 'room.not_found'
}

async function stillHolds(app: App, actor: UserActor): Promise<boolean> {
  if (actor.viaKey) {
    const now = await app.apiKeys.reload(actor)
    return now !== null && now.role === actor.role && sameRights(now, actor)
  }
  const session = await loadSession(app.deps.db, actor.sessionId)
  return (
    session !== undefined &&
    session.organizationId === actor.organizationId &&
    session.role === actor.role &&
    session.accountId === actor.accountId &&
    sameRights(rightsOf(session.role, session.rights), actor)
  )
}

/** A socket keeps the rights it was opened with, so it has to come again for others. Expiry is the clock's business. */
function sameRights(now: Pick<UserActor, 'permissions' | 'grants'>, before: UserActor): boolean {
  const lasting = (grants: readonly Grant[] = []) =>
    grants.filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > Date.now()).map(({ id }) => id)
  return (
    JSON.stringify([now.permissions, lasting(now.grants)]) ===
    JSON.stringify([before.permissions, lasting(before.grants)])
  )
}

function parseMessage(text: string) {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Answers false once more was said in a window than it allows. */
function budget(): () => boolean {
  let windowEnds = 0
  let left = 0
  return () => {
    const now = Date.now()
    if (now >= windowEnds) {
      windowEnds = now + messageBudget.seconds * 1000
      left = messageBudget.count
    }
    left -= 1
    return left >= 0
  }
}
