import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { eq, inArray, sql } from 'drizzle-orm'
import { personKeys } from '../db/tables/audit.ts'
import type { Crypto } from './crypto.ts'
import type { TenantTx } from './in-tenant.ts'

/** A personal value as the record keeps it. `sealed` is null where the person had been erased before it was written. */
export interface SealedValue {
  sealed: string | null
  /** Whose key opens it. */
  subject: string
}

export function isSealed(value: unknown): value is SealedValue {
  return typeof value === 'object' && value !== null && 'sealed' in value && 'subject' in value
}

const algorithm = 'aes-256-gcm'
/** Bound to its person, so that one person's wrapped key is of no use in another's row. */
const wrapContext = (subjectId: string) => `person-key:${subjectId}`

/**
 * Seals a value (anything JSON can say) under the key of a person, which is made when it is first needed. `subjectId` is
 * the user, the contact, the invitation, or the project whose customer has no contact.
 */
export async function sealPersonal(
  tx: TenantTx,
  crypto: Crypto,
  subjectId: string,
  value: unknown,
): Promise<SealedValue> {
  const seal = await sealerOf(tx, crypto, subjectId)
  return seal(value)
}

/** The same for several values of one person, for one look at the key. Equal values become one and the same ciphertext. */
export async function sealerOf(
  tx: TenantTx,
  crypto: Crypto,
  subjectId: string,
): Promise<(value: unknown) => SealedValue> {
  const key = await takeKey(tx, crypto, subjectId)
  const known = new Map<string, SealedValue>()
  return (value) => {
    if (!key) return { sealed: null, subject: subjectId }
    const plain = JSON.stringify(value)
    const sealed = known.get(plain) ?? { sealed: lock(key, subjectId, plain), subject: subjectId }
    known.set(plain, sealed)
    return sealed
  }
}

/** The value, or null where the person's key has been destroyed or never was. */
export async function openPersonal(tx: TenantTx, crypto: Crypto, value: SealedValue): Promise<unknown> {
  const open = await openerOf(tx, crypto, [value.subject])
  return open(value)
}

/** The same for values of several people, for one look at their keys. */
export async function openerOf(
  tx: TenantTx,
  crypto: Crypto,
  subjectIds: readonly string[],
): Promise<(value: SealedValue) => unknown> {
  const wanted = [...new Set(subjectIds)]
  const rows = wanted.length
    ? await tx
        .select({ subjectId: personKeys.subjectId, keyCipher: personKeys.keyCipher })
        .from(personKeys)
        .where(inArray(personKeys.subjectId, wanted))
    : []
  const keys = new Map(
    rows.flatMap(({ subjectId, keyCipher }) =>
      keyCipher ? [[subjectId, Buffer.from(crypto.decrypt(keyCipher, wrapContext(subjectId)), 'base64')]] : [],
    ),
  )
  return ({ sealed, subject }) => {
    const key = keys.get(subject)
    return key && sealed ? (JSON.parse(unlock(key, subject, sealed)) as unknown) : null
  }
}

/**
 * Destroys a person's key: whatever the record holds of their personal values can never be read again, and nothing more
 * is sealed about them. For erasure; the caller puts it on record. Whoever had no key yet gets a row without one.
 */
export async function destroyPersonKey(tx: TenantTx, subjectId: string): Promise<void> {
  await tx
    .insert(personKeys)
    .values({ organizationId: tx.organizationId, subjectId, keyCipher: null, destroyedAt: sql`now()` })
    .onConflictDoUpdate({
      target: [personKeys.organizationId, personKeys.subjectId],
      set: { keyCipher: null, destroyedAt: sql`coalesce(${personKeys.destroyedAt}, now())` },
    })
}

/** The person's key, made where there was none; null after its destruction. */
async function takeKey(tx: TenantTx, crypto: Crypto, subjectId: string): Promise<Buffer | null> {
  const find = () =>
    tx.select({ keyCipher: personKeys.keyCipher }).from(personKeys).where(eq(personKeys.subjectId, subjectId))
  let [row] = await find()
  if (!row) {
    const fresh = crypto.encrypt(randomBytes(32).toString('base64'), wrapContext(subjectId))
    // Of two transactions that make a first key at once, one waits here and then takes the other's.
    await tx
      .insert(personKeys)
      .values({ organizationId: tx.organizationId, subjectId, keyCipher: fresh })
      .onConflictDoNothing()
    ;[row] = await find()
  }
  return row?.keyCipher ? Buffer.from(crypto.decrypt(row.keyCipher, wrapContext(subjectId)), 'base64') : null
}

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the person is authenticated with it. */
function lock(key: Buffer, subjectId: string, plain: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(subjectId))
  return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function unlock(key: Buffer, subjectId: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(subjectId))
    .setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
}
