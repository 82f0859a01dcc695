import { LRUCache } from 'lru-cache'
import { bundleKey } from '../core/bundle-key.ts'
import { sha256 } from '../core/crypto.ts'
import { findBundle } from '../db/system-games.ts'
import type { BuildFile } from '../db/tables/builds.ts'
import type { HostDeps } from './host-deps.ts'
import { represent, type Representation } from './http/representation.ts'

/** Where a bundle's bytes lie and what they are. */
export interface Bundle {
  organizationId: string
  digest: string
  files: readonly BuildFile[]
}

/** `immutable`: under `/_b/{digest}/`, for ever. `named`: a picture under `/{slug}/`, which a deploy may replace. */
export type FilePolicy = 'immutable' | 'named'

export interface BundleFiles {
  /** What is in memory under `{digest}/{path}`; the hot way, without a promise. */
  known(digestAndPath: string): Representation | undefined
  /** A file of any passed build. */
  find(digestAndPath: string): Promise<Representation | undefined>
  /** A file of a bundle that is at hand already. */
  open(bundle: Bundle, path: string, policy: FilePolicy): Promise<Representation | undefined>
}

/** The paths of a studio's own game are in any script; what it lists is what there is. */
const pathPattern = /^[0-9a-f]{64}\/[^\0]{1,200}$/
const largestFileBytes = 50 * 1024 * 1024
const unknownForMs = 10_000

/**
 * Game files in memory, least recently used ones dropped beyond `maxBytes`. They are sandboxed wherever they are opened:
 * no file of a game ever runs with the host's own origin.
 */
export function createBundleFiles(
  { db, store, listener }: Pick<HostDeps, 'db' | 'store' | 'listener'>,
  maxBytes: number,
): BundleFiles {
  const ready = new LRUCache<string, Representation>({ maxSize: maxBytes, sizeCalculation: (file) => file.weightBytes })
  const bundles = new LRUCache<string, Bundle>({ max: 5000 })
  const unknown = new LRUCache<string, true>({ max: 5000, ttl: unknownForMs })
  const loading = new Map<string, Promise<Representation | undefined>>()

  /** Bundles of somebody who was erased; what was being loaded at that moment is not kept either. */
  const erased = new LRUCache<string, true>({ max: 5000 })
  listener.on('sc_games', (payload) => {
    if (payload.startsWith('!')) forget(payload.slice(1))
  })
  listener.on('reconnected', () => {
    ready.clear()
    bundles.clear()
  })

  /** Seldom, so all are looked through. */
  function forget(digest: string): void {
    erased.set(digest, true)
    bundles.delete(digest)
    for (const key of ready.keys()) if (key.includes(digest)) ready.delete(key)
  }

  async function findBundleOf(digest: string): Promise<Bundle | undefined> {
    const known = bundles.get(digest)
    if (known || unknown.has(digest)) return known
    const row = await findBundle(db, digest)
    if (!row) {
      unknown.set(digest, true)
      return undefined
    }
    const bundle = { ...row, digest }
    bundles.set(digest, bundle)
    return bundle
  }

  async function load(
    { organizationId, digest }: Bundle,
    file: BuildFile,
    policy: FilePolicy,
  ): Promise<Representation> {
    const key = bundleKey(organizationId, digest, file)
    const bytes = await store.get(key, largestFileBytes)
    if (!bytes) throw new Error(`The object ${key} of a passed build is missing.`)
    if (sha256(bytes) !== file.digest) throw new Error(`The object ${key} is not what its build recorded.`)
    const { cacheControl, headers } = policies[policy]
    const ownHeaders = file.object === undefined ? {} : ownGame
    return represent({ body: bytes, mimeType: file.mimeType, cacheControl, headers: { ...headers, ...ownHeaders } })
  }

  async function open(bundle: Bundle, path: string, policy: FilePolicy): Promise<Representation | undefined> {
    const file = bundle.files.find((one) => one.path === path)
    if (!file) return undefined
    const key = keyOf(policy, `${bundle.digest}/${path}`)
    const known = ready.get(key)
    if (known) return known
    const running = loading.get(key)
    if (running) return running
    const loaded = load(bundle, file, policy)
    loading.set(key, loaded)
    try {
      const shown = await loaded
      if (!erased.has(bundle.digest)) ready.set(key, shown)
      return shown
    } finally {
      loading.delete(key)
    }
  }

  return {
    open,
    known: (digestAndPath) => ready.get(digestAndPath),
    async find(digestAndPath) {
      if (!pathPattern.test(digestAndPath)) return undefined
      const bundle = await findBundleOf(digestAndPath.slice(0, 64))
      return bundle && open(bundle, digestAndPath.slice(65), 'immutable')
    },
  }
}

function keyOf(policy: FilePolicy, digestAndPath: string): string {
  return policy === 'immutable' ? digestAndPath : `${policy}:${digestAndPath}`
}

const everywhere = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': 'sandbox allow-scripts',
}

/**
 * A studio's own game, code we have not seen: besides the sandbox, it reaches its own origin only, where nobody signs in,
 * and so neither the studio nor anybody who would like to know who plays.
 */
const ownGame = {
  'content-security-policy':
    "sandbox allow-scripts; default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob:; form-action 'none'",
  'referrer-policy': 'no-referrer',
}

const policies: Record<FilePolicy, { cacheControl: string; headers: Record<string, string> }> = {
  immutable: { cacheControl: 'public, max-age=31536000, immutable', headers: everywhere },
  named: { cacheControl: 'public, max-age=300, s-maxage=60, stale-while-revalidate=600', headers: everywhere },
}
