import { LRUCache } from 'lru-cache'
import type { AssetVariant, AssetView } from '@sparkle/shared/assets'
import type { Crypto } from './crypto.ts'

export interface LinkedFile {
  assetId: string
  variant: AssetVariant
  digest: string
}

const weekMs = 7 * 24 * 3600 * 1000

/**
 * Makes signed links that browsers may cache: the same for a whole week, good for one to two, and bound to the bytes by
 * their digest, so that the picture behind a link never changes. One for a guest ends with their visit, too.
 */
export function signLink(
  crypto: Pick<Crypto, 'signToken'>,
  publicOrigin: string,
  organizationId: string,
  file: LinkedFile,
  visitId: string | null = null,
) {
  const expiresAt = new Date((Math.floor(Date.now() / weekMs) + 2) * weekMs)
  const ids = [organizationId, file.assetId, file.variant, file.digest.slice(0, 16), ...(visitId ? [visitId] : [])]
  return `${publicOrigin}/api/v1/files/${crypto.signToken('content', ids, expiresAt)}`
}

/** The file a link stands for, or null where it is forged or has expired. */
export function readLink(crypto: Pick<Crypto, 'readToken'>, token: string) {
  const [organizationId, assetId, variant, digestStart, visitId] = crypto.readToken('content', token) ?? []
  if (!organizationId || !assetId || !variant || !digestStart) return null
  return { organizationId, assetId, variant: variant as AssetVariant, digestStart, visitId }
}

/** Makes links to files; bound once in the routes, and keeps those it made, since lists show the same ones again. */
export type Linker = (organizationId: string, file: LinkedFile, visitId?: string | null) => string

export function createLinker(crypto: Pick<Crypto, 'signToken'>, publicOrigin: string): Linker {
  const made = new LRUCache<string, string>({ max: 20_000, ttl: weekMs / 7 })
  return (organizationId, file, visitId = null) => {
    const key = `${organizationId} ${file.assetId} ${file.variant} ${file.digest} ${visitId ?? ''}`
    const known = made.get(key)
    if (known) return known
    const link = signLink(crypto, publicOrigin, organizationId, file, visitId)
    made.set(key, link)
    return link
  }
}

/** Links to every variant an asset has, by variant. */
export function assetLinks(link: Linker, organizationId: string, files: readonly LinkedFile[]): AssetView['urls'] {
  return Object.fromEntries(files.map((file) => [file.variant, link(organizationId, file)]))
}
