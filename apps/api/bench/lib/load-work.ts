import { Agent, request } from 'node:http'
import { WebSocket } from 'ws'
import type { Worker } from './load-world.ts'

export interface Sample {
  action: string
  milliseconds: number
  /** The status of the reply; 0 where none came. */
  status: number
}

/** What was promised to somebody: found again afterwards, or lost. */
export interface Promised {
  created: string[]
  /** The newest note of each project that was answered with 200. */
  notes: Map<string, { version: number; note: string }>
  uploads: string[]
}

/** A page that stays open: the numbers of the events it was sent, in the order they came. */
export interface EventReader {
  organizationId: string
  seqs: number[]
  close(): void
}

export interface Work {
  samples: Sample[]
  promised: Promised
  readers: EventReader[]
  stop(): Promise<void>
}

interface Answer {
  status: number
  etag: string | undefined
  body: string
}

interface Hands {
  call(method: string, path: string, body?: object | Buffer, headers?: Record<string, string>): Promise<Answer>
  /** Projects this worker has met in lists: what people open and change. */
  seen: string[]
  promised: Promised
  photo: Buffer
}

export const uploadAction = 'upload a photo'
/** What people do, and how often of a hundred times. */
const actions: readonly [name: string, share: number, act: (hands: Hands) => Promise<Answer>][] = [
  ['list projects', 30, listProjects],
  ['open a project', 22, openProject],
  ['unread count', 12, ({ call }) => call('GET', '/notifications/unread-count')],
  ['change notes', 13, changeNotes],
  ['activity', 10, ({ call }) => call('GET', '/activity?limit=30')],
  ['search', 8, ({ call }) => call('GET', '/projects?limit=20&q=otis%20beagle')],
  ['new project', 4, createProject],
  [uploadAction, 1, uploadPhoto],
]

/**
 * Everybody works at once: an open socket each, and one action after the other with a pause of `thinkMs` on average
 * between them, evenly spread from nothing to twice that.
 */
export async function startWork(
  address: string,
  workers: readonly Worker[],
  photo: Buffer,
  thinkMs: number,
): Promise<Work> {
  const agent = new Agent({ keepAlive: true, maxSockets: workers.length })
  const samples: Sample[] = []
  const promised: Promised = { created: [], notes: new Map(), uploads: [] }
  const readers = await Promise.all(workers.map((worker) => readEvents(address, worker)))
  const end = new AbortController()
  const loops = workers.map(async ({ token }) => {
    const hands: Hands = { seen: [], promised, photo, call: caller(agent, address, token) }
    await pause(Math.random() * 2 * thinkMs)
    while (!end.signal.aborted) {
      const [action, , act] = pick()
      const started = performance.now()
      const { status } = await act(hands)
      samples.push({ action, status, milliseconds: performance.now() - started })
      await pause(Math.random() * 2 * thinkMs)
    }
  })
  return {
    samples,
    promised,
    readers,
    async stop() {
      end.abort()
      await Promise.all(loops)
      agent.destroy()
    },
  }
}

function pick() {
  let left = Math.random() * 100
  for (const action of actions) {
    left -= action[1]
    if (left < 0) return action
  }
  return actions[0] as (typeof actions)[number]
}

async function listProjects({ call, seen }: Hands): Promise<Answer> {
  const answer = await call('GET', '/projects?limit=20')
  if (answer.status === 200) seen.splice(0, seen.length, ...idsOf(answer))
  return answer
}

function idsOf({ body }: Answer): string[] {
  return (JSON.parse(body) as { items: { id: string }[] }).items.map(({ id }) => id)
}

/** One of the projects this worker has met; their list comes first where there was none yet. */
async function someProject(hands: Hands): Promise<string | undefined> {
  if (hands.seen.length === 0) await listProjects(hands)
  return hands.seen[Math.floor(Math.random() * hands.seen.length)]
}

async function openProject(hands: Hands): Promise<Answer> {
  return hands.call('GET', `/projects/${await someProject(hands)}`)
}

/** Reads, writes what it read with a new note, and begins again where somebody else was first. */
async function changeNotes(hands: Hands): Promise<Answer> {
  const id = (await someProject(hands)) ?? ''
  const note = `Seen ${Math.random()}`
  for (let tries = 1; ; tries += 1) {
    const { etag = '' } = await hands.call('GET', `/projects/${id}`)
    const answer = await hands.call('PATCH', `/projects/${id}`, { notes: note }, { 'if-match': etag })
    if (answer.status === 412 && tries < 5) continue
    if (answer.status === 200) {
      const { version } = JSON.parse(answer.body) as { version: number }
      const before = hands.promised.notes.get(id)
      if (!before || before.version < version) hands.promised.notes.set(id, { version, note })
    }
    return answer
  }
}

async function createProject(hands: Hands): Promise<Answer> {
  const answer = await hands.call('POST', '/projects', { petName: `Otis ${Math.floor(Math.random() * 1e6)}` })
  if (answer.status === 201) hands.promised.created.push((JSON.parse(answer.body) as { id: string }).id)
  return answer
}

async function uploadPhoto(hands: Hands): Promise<Answer> {
  const id = await someProject(hands)
  const boundary = `----load${Math.random().toString(36).slice(2)}`
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="assetType"\r\n\r\nphoto\r\n` +
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="pet.png"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    hands.photo,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const answer = await hands.call('POST', `/projects/${id}/assets`, body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  })
  if (answer.status === 201) hands.promised.uploads.push((JSON.parse(answer.body) as { id: string }).id)
  return answer
}

/** Answers status 0 where the connection broke: an error like any other. */
function caller(agent: Agent, address: string, token: string): Hands['call'] {
  return (method, path, body, headers = {}) =>
    new Promise((resolve) => {
      const payload = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
      const call = request(`${address}/api/v1${path}`, {
        agent,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
          ...headers,
        },
      })
      call.once('error', () => resolve({ status: 0, etag: undefined, body: '' }))
      call.once('response', (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk: Buffer) => chunks.push(chunk))
        reply.once('error', () => resolve({ status: 0, etag: undefined, body: '' }))
        reply.once('end', () =>
          resolve({ status: reply.statusCode ?? 0, etag: reply.headers.etag, body: Buffer.concat(chunks).toString() }),
        )
      })
      call.end(payload)
    })
}

function readEvents(address: string, { organizationId, token }: Worker): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const seqs: number[] = []
    socket.once('error', reject)
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { seq?: number; type: string }
      if (message.seq !== undefined) seqs.push(message.seq)
      if (message.type === 'ready') resolve({ organizationId, seqs, close: () => socket.terminate() })
    })
  })
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
