import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a browser does with a message (RFC 8291, 3.4): written from the RFC and not from our own sender. */
export function openPush(body: Buffer, browser: ECDH, auth: Buffer): Buffer {
  const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender])
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2))
}

export interface PushService {
  /** A new browser's subscription, as it would send it to the API, and what it has been shown. */
  subscribe(name: string): {
    subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
    shown: Record<string, string>[]
  }
  /** What the service answers for a browser from now on: 201 unless said otherwise. */
  answer(name: string, status: number): void
  stop(): Promise<void>
}

/** A push service on a free loopback port that checks VAPID (RFC 8292) and opens what it gets. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, { ecdh: ECDH; auth: Buffer; shown: Record<string, string>[] }>()
  const answers = new Map<string, number>()
  let origin = ''
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const name = request.url?.slice(1) ?? ''
      const browser = browsers.get(name)
      const status = answers.get(name) ?? 201
      const sound = request.method === 'POST' && request.headers['content-encoding'] === 'aes128gcm'
      if (!browser || !sound || !isSigned(request.headers.authorization ?? '', origin)) {
        response.writeHead(403).end()
        return
      }
      if (status === 201)
        browser.shown.push(JSON.parse(openPush(Buffer.concat(chunks), browser.ecdh, browser.auth).toString()))
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    subscribe(name) {
      const browser = { ecdh: createECDH('prime256v1'), auth: randomBytes(16), shown: [] }
      browser.ecdh.generateKeys()
      browsers.set(name, browser)
      const keys = { p256dh: browser.ecdh.getPublicKey('base64url'), auth: browser.auth.toString('base64url') }
      return { subscription: { endpoint: `${origin}/${name}`, keys }, shown: browser.shown }
    },
    answer: (name, status) => void answers.set(name, status),
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** `vapid t=<JWT>, k=<public key>`: signed with ES256 by that key, for this service, and not for longer than a day. */
function isSigned(header: string, origin: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  if (point.length !== 65) return false
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, string | number>
  const left = Number(exp) - Date.now() / 1000
  const genuine = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return genuine && aud === origin && left > 0 && left <= 86_400 && String(sub).startsWith('mailto:')
}
