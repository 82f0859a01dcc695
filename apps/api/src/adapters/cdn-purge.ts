import { createHmac } from 'node:crypto'

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

const timeoutMs = 10_000

export interface CdnPurge {
  tell(message: PurgeMessage): Promise<void>
}

/**
 * Posts to the CDN's hook, signed by the Standard Webhooks scheme (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature: v1,<base64 HMAC-SHA256 of id.timestamp.body>`). Throws unless it answers 2xx; redirects are not
 * followed, since they would carry the message to where the operator did not send it.
 */
export function createCdnPurge({ url, secret }: PurgeSettings): CdnPurge {
  return { tell: (message) => post(url, secret, message) }
}

async function post(url: string, secret: string, message: PurgeMessage): Promise<void> {
  const { id, ...rest } = message
  const body = JSON.stringify(rest)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`The CDN's purge hook answered ${response.status}.`)
}
