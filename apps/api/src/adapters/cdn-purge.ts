import { createHmac } from 'node:crypto'
import { type OutgoingPolicy, safeFetch, trusting } from '../core/safe-fetch.ts'

export interface PurgeSettings {
  /** The operator's own setting, so any address is fine; it is never made of anybody's input. */
  url: string
  secret: string
}

/** What a CDN has to forget: everything under each of these addresses. */
export interface PurgeMessage {
  /** The same on every try, so that a receiver may tell tries apart from changes. */
  id: string
  type: string
  at: string
  prefixes: readonly string[]
}

export interface CdnPurge {
  tell(message: PurgeMessage): Promise<void>
}

/**
 * Posts to the CDN's hook, signed by the Standard Webhooks scheme (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature: v1,<base64 HMAC-SHA256 of id.timestamp.body>`). Throws unless it answers 2xx; redirects are not
 * followed, since they would carry the message to where the operator did not send it.
 */
export function createCdnPurge({ url, secret }: PurgeSettings, outgoing: OutgoingPolicy): CdnPurge {
  const policy = trusting(outgoing, url)
  return { tell: (message) => post(url, secret, message, policy) }
}

async function post(url: string, secret: string, message: PurgeMessage, policy: OutgoingPolicy): Promise<void> {
  const { id, ...rest } = message
  const body = JSON.stringify(rest)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  const response = await safeFetch(url, { method: 'POST', headers, body }, policy)
  if (!response.ok) throw new Error(`The CDN's purge hook answered ${response.status}.`)
}
