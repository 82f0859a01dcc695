import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type pg from 'pg'
import { buildInput } from '../../../packages/games/fixtures/build.ts'
import { encodePng } from '../../../packages/games/fixtures/png.ts'
import { buildGame, type GameBuild } from '@sparkle/games/builder/build-game'
import { createLocalStore, type LocalStore } from '../src/adapters/local-store.ts'
import type { ObjectStore } from '../src/adapters/object-store.ts'
import { createCrypto, type Crypto, sha256 } from '../src/core/crypto.ts'
import { newId } from '../src/core/ids.ts'
import { connect } from '../src/core/in-tenant.ts'
import { openListener } from '../src/core/listener.ts'
import { openPool } from '../src/db/pool.ts'
import { buildHost } from '../src/hosting/host-app.ts'
import type { HostDeps } from '../src/hosting/host-deps.ts'

export const testDataKey = Buffer.alloc(32, 7)

/** A build whose bytes differ with `seed`, with icons and a share picture. */
export function gameBuild(seed = 1): Promise<GameBuild> {
  const picture = (path: string, side: number) => ({ path, mimeType: 'image/png', bytes: plainPng(side) })
  const extraFiles = [picture('icon-192.png', 192), picture('icon-512.png', 512), picture('share.png', 120)]
  return buildGame({ ...buildInput(), seed, extraFiles })
}

function plainPng(side: number): Uint8Array {
  return encodePng(side, side, new Uint8Array(side * side * 4).fill(200))
}

/** Rows and objects as the API leaves them, put there by the owner: what the host finds is all that matters here. */
export interface Arranged {
  organizationId: string
  projectId: string
  addBuild(build: GameBuild, status?: string): Promise<{ id: string; digest: string }>
  addUrl(slug: string, buildId: string | null, more?: { status?: string; expiresAt?: string }): Promise<string>
}

export async function arrange(
  owner: pg.Pool,
  store: ObjectStore,
  host: string,
  /** A studio that is there already. */
  existing?: string,
): Promise<Arranged> {
  const organizationId = existing ?? newId()
  const projectId = newId()
  let number = 0
  if (!existing)
    await owner.query("insert into organizations (id, slug, name) values ($1, $2, 'Studio')", [
      organizationId,
      `studio-${organizationId.slice(-12)}`,
    ])
  await owner.query(
    `insert into projects (organization_id, id, name, pet_name, package_type, game_config)
     values ($1, $2, 'Buttercup', 'Buttercup', 'express', '{"theme":"garden","difficulty":"easy","features":[]}')`,
    [organizationId, projectId],
  )
  return {
    organizationId,
    projectId,
    async addBuild({ files, manifest }, status = 'passed') {
      const { digest } = manifest
      const rows = files.map(({ path, mimeType, bytes }) => ({
        path,
        mimeType,
        sizeBytes: bytes.length,
        digest: sha256(bytes),
      }))
      for (const { path, mimeType, bytes } of files)
        await store.put(`${organizationId}/builds/${digest}/${path}`, bytes, mimeType)
      const id = newId()
      number += 1
      await owner.query(
        `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status, digest, files, manifest)
         values ($1, $2, $3, $4, 'catcher', '1', '{}', '{}', $5, $6, $7, $8)`,
        [organizationId, id, projectId, number, status, digest, JSON.stringify(rows), JSON.stringify(manifest)],
      )
      return { id, digest }
    },
    async addUrl(slug, buildId, { status = 'active', expiresAt } = {}) {
      const id = newId()
      await owner.query(
        `insert into urls (organization_id, id, project_id, host, slug, status, reserved_at, expires_at, live_build_id)
         values ($1, $2, $3, $4, $5, $6, now(), $7, $8)`,
        [organizationId, id, projectId, host, slug, status, expiresAt ?? null, buildId],
      )
      return id
    },
  }
}

export interface TestHost {
  app: FastifyInstance
  deps: HostDeps & { store: LocalStore; crypto: Crypto }
  /** Stops the application and its connections, once however often it is called; the database stays. */
  stop(): Promise<void>
}

export interface HostPlace {
  appUrl: string
  folder: string
  gamesOrigin?: string
  publicOrigin?: string
  log?: FastifyBaseLogger
  /** Whose `X-Forwarded-For` is believed. */
  trustProxy?: HostDeps['config']['trustProxy']
}

/** The real host on real connections. `folder` holds the objects and may be shared by several hosts. */
export async function openHost(place: HostPlace): Promise<TestHost> {
  const {
    appUrl,
    folder,
    gamesOrigin = 'http://games.example.test',
    publicOrigin = 'http://studio.example.test',
  } = place
  const pool = openPool(appUrl, 4, 'test-host')
  const crypto = createCrypto([testDataKey])
  const listener = await openListener(appUrl, { warn: () => undefined })
  const store = createLocalStore({ root: folder, crypto, publicOrigin })
  const deps = {
    config: { gamesOrigin, publicOrigin, trustProxy: place.trustProxy ?? false },
    db: connect(pool, crypto),
    listener,
    store,
    crypto,
  }
  const app = await buildHost(deps, place.log ? { loggerInstance: place.log } : {})
  async function end(): Promise<void> {
    await app.close()
    await listener.close()
    await pool.end()
  }
  let ended: Promise<void> | undefined
  return { app, deps, stop: () => (ended ??= end()) }
}

export async function makeFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-host-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Asks again until it is true: for what another process does in its own time. */
export async function eventually(check: () => Promise<boolean>, withinMs = 20_000): Promise<number> {
  const began = performance.now()
  while (!(await check())) {
    if (performance.now() - began > withinMs) throw new Error(`It did not become true within ${withinMs} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return performance.now() - began
}
