import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Assertion, AssertionOptions, Attestation, AttestationOptions } from '@sparkle/shared/passkeys'

/** What a test bends, to see it refused. */
interface Bent {
  origin?: string
  rpId?: string
  challenge?: string
  counter?: number
  userVerified?: boolean
  type?: string
}

/** An authenticator in software: one ES256 key and a counter (WebAuthn Level 3, 6 and 7). */
export function softAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  let counter = 0

  const clientData = (type: string, challenge: string, bent: Bent) =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? origin,
      }),
    )

  function authenticatorData(rpId: string, bent: Bent, attested: Buffer | null): Buffer {
    counter = bent.counter ?? counter + 1
    const head = Buffer.alloc(37)
    createHash('sha256')
      .update(bent.rpId ?? rpId)
      .digest()
      .copy(head)
    head[32] = 1 | (bent.userVerified === false ? 0 : 4) | (attested ? 0x40 : 0)
    head.writeUInt32BE(counter, 33)
    return attested ? Buffer.concat([head, attested]) : head
  }

  return {
    id,
    create(options: AttestationOptions, bent: Bent = {}): Attestation {
      const point = [x, y].map((one) => Buffer.from(one, 'base64url')) as [Buffer, Buffer]
      const cose = cbor({
        map: [
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, point[0]],
          [-3, point[1]],
        ],
      })
      const length = Buffer.from([0, credentialId.length])
      const data = authenticatorData(options.rp.id, bent, Buffer.concat([Buffer.alloc(16), length, credentialId, cose]))
      const object = cbor({
        map: [
          ['fmt', 'none'],
          ['attStmt', { map: [] }],
          ['authData', data],
        ],
      })
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, bent).toString('base64url'),
          attestationObject: object.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    get(options: AssertionOptions, bent: Bent = {}): Assertion {
      const data = authenticatorData(options.rpId, bent, null)
      const client = clientData('webauthn.get', options.challenge, bent)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: createSign('sha256').update(signed).sign(privateKey).toString('base64url'),
        },
      }
    },
  }
}

type Cbor = number | string | Buffer | { map: readonly (readonly [number | string, Cbor])[] }

/** As much of CBOR (RFC 8949) as an attestation needs. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? prefix(1, -1 - value) : prefix(0, value)
  if (typeof value === 'string') return Buffer.concat([prefix(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([prefix(2, value.length), value])
  return Buffer.concat([prefix(5, value.map.length), ...value.map.flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

function prefix(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count])
  return count < 256
    ? Buffer.from([(major << 5) | 24, count])
    : Buffer.from([(major << 5) | 25, count >> 8, count & 255])
}
