import type { ObjectStore } from '../../adapters/object-store.ts'
import type { Crypto } from '../../core/crypto.ts'

/** The head of a studio's chain as it was, kept outside the database. */
export interface Anchor {
  organizationId: string
  seq: number
  auditId: string
  hash: string
  sealedAt: string
}

interface SignedAnchor extends Anchor {
  signature: string
}

const signatureOf = (crypto: Crypto, { organizationId, seq, auditId, hash, sealedAt }: Anchor) =>
  crypto.seal('audit-anchor', JSON.stringify([organizationId, seq, auditId, hash, sealedAt]))

const folderOf = (organizationId: string, year: string) => `${organizationId}/audit-anchors/${year}/`

/**
 * Keeps the head of the chain for its day, anew until the day is over. The seals alone cannot show that rows were cut off
 * the chain's end; whoever wants to hide that would have to change the object store as well, and sign.
 */
export async function writeAnchor(store: ObjectStore, crypto: Crypto, anchor: Anchor, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10)
  const signed: SignedAnchor = { ...anchor, signature: signatureOf(crypto, anchor) }
  const key = `${folderOf(anchor.organizationId, day.slice(0, 4))}${day}.json`
  await store.put(key, Buffer.from(JSON.stringify(signed)), 'application/json')
}

export interface KeptAnchor {
  day: string
  /** Null where the object is not what we signed. */
  anchor: Anchor | null
}

/** The anchors of this year and the one before, oldest first. */
export async function readAnchors(
  store: ObjectStore,
  crypto: Crypto,
  organizationId: string,
  now: Date,
): Promise<KeptAnchor[]> {
  const kept: KeptAnchor[] = []
  for (const year of [now.getUTCFullYear() - 1, now.getUTCFullYear()])
    for (const { key } of await store.list(folderOf(organizationId, String(year)))) {
      const bytes = await store.get(key, 10_000)
      const anchor = bytes ? parse(Buffer.from(bytes).toString('utf8')) : null
      const genuine =
        anchor?.organizationId === organizationId && anchor.signature === signatureOf(crypto, anchor) ? anchor : null
      kept.push({ day: key.slice(-15, -5), anchor: genuine })
    }
  return kept
}

function parse(text: string): SignedAnchor | null {
  try {
    return JSON.parse(text) as SignedAnchor
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
