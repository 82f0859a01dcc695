import type { GameBuild } from '@sparkle/games/builder/build-game'
import type { GameManifest } from '@sparkle/games/builder/manifest'
import type { ObjectStore } from '../../adapters/object-store.ts'
import { bundleKey } from '../../core/bundle-key.ts'
import { sha256 } from '../../core/crypto.ts'
import type { BuildFile } from '../../db/tables/builds.ts'

export interface StoredBundle {
  digest: string
  files: BuildFile[]
  sizeBytes: number
}

/** Puts a bundle where the host reads it. Doing it again writes the same bytes to the same places. */
export async function storeBundle(
  store: Pick<ObjectStore, 'put'>,
  organizationId: string,
  build: GameBuild,
): Promise<StoredBundle> {
  const { digest } = build.manifest
  await Promise.all(
    build.files.map((file) => store.put(bundleKey(organizationId, digest, file), file.bytes, file.mimeType)),
  )
  const files = build.files.map(({ path, mimeType, bytes }) => ({
    path,
    mimeType,
    sizeBytes: bytes.length,
    digest: sha256(bytes),
  }))
  return { digest, files, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) }
}

export async function readGameDocument(
  store: Pick<ObjectStore, 'get'>,
  organizationId: string,
  digest: string,
): Promise<string> {
  return readText(store, bundleKey(organizationId, digest, { path: 'game.html' }))
}

export async function readManifest(
  store: Pick<ObjectStore, 'get'>,
  organizationId: string,
  digest: string,
): Promise<GameManifest> {
  return JSON.parse(await readText(store, bundleKey(organizationId, digest, { path: 'manifest.json' }))) as GameManifest
}

async function readText(store: Pick<ObjectStore, 'get'>, key: string): Promise<string> {
  const bytes = await store.get(key)
  if (!bytes) throw new Error(`${key} is not in the object store.`)
  return Buffer.from(bytes).toString('utf8')
}
