import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import type { EventType } from '@sparkle/shared/events'
import { inTenant } from '../src/core/in-tenant.ts'
import { emit, type EmitInput } from '../src/core/outbox.ts'
import { relayOrganization } from '../src/jobs/relay.ts'
import type { Api, Person, TestStudio } from './harness.ts'

export interface LiveMessage {
  type: string
  seq?: number
  room?: string
  code?: string
  data?: Record<string, unknown>
}

/** A page that is connected to `GET /events`. */
export interface LivePage {
  messages: LiveMessage[]
  seqs(): number[]
  say(message: unknown): void
  /** Waits for a message that fits. */
  hears(fits: Partial<LiveMessage>): Promise<LiveMessage>
  closed: Promise<{ code: number; reason: string }>
  socket: WebSocket
}

/** Opens pages of an API that listens for them on a port of its own. */
export async function openLivePages(api: Api) {
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  const address = `127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
  const pages: LivePage[] = []

  function open(person: Person, query = '', headers: Record<string, string> = {}): LivePage {
    const auth = 'cookie' in headers ? {} : { authorization: `Bearer ${person.token}` }
    const socket = new WebSocket(`ws://${address}/api/v1/events${query}`, { headers: { ...auth, ...headers } })
    const messages: LiveMessage[] = []
    socket.on('message', (raw: Buffer) => messages.push(JSON.parse(raw.toString()) as LiveMessage))
    const closed = new Promise<{ code: number; reason: string }>((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
      socket.on('unexpected-response', (request, response) => {
        request.destroy()
        resolve({ code: response.statusCode ?? 0, reason: '' })
      })
      socket.on('error', () => undefined)
    })
    const page: LivePage = {
      messages,
      closed,
      socket,
      seqs: () => messages.flatMap((message) => message.seq ?? []),
      say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
      async hears(fits) {
        await expect
          .poll(() => messages, { timeout: 20_000, interval: 10 })
          .toContainEqual(expect.objectContaining(fits))
        return messages.find((message) =>
          Object.entries(fits).every(([key, value]) => message[key as keyof LiveMessage] === value),
        ) as LiveMessage
      },
    }
    pages.push(page)
    return page
  }

  async function ready(person: Person, query?: string): Promise<LivePage> {
    const page = open(person, query)
    await page.hears({ type: 'ready' })
    return page
  }

  /** Lets something happen in a studio, numbered and on its way when this is done. */
  async function happen(where: TestStudio, type: EventType, input: EmitInput = {}): Promise<void> {
    const actor = { kind: 'system', organizationId: where.organizationId, job: 'test' } as const
    await inTenant(api.deps.db, actor, (tx) => emit(tx, actor, type, input))
    await relayOrganization(api.deps.db, api.deps.crypto, where.organizationId)
  }

  const closeAll = () => pages.splice(0).forEach((page) => page.socket.terminate())
  return { address, open, ready, happen, closeAll }
}
