import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '../../core/in-tenant.ts'
import { openBuildKit, type BuildKit } from '../../../test/build-kit.ts'
import { findAssetFiles, findBuild } from './builds.queries.ts'

let kit: BuildKit
let folder: string
let buildId: string

beforeAll(async () => {
  kit = await openBuildKit()
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sparkle-bundle-')))
  const projectId = await kit.newProject(kit.manager, { petName: 'Zoë “Ünïcorn” 🦄' })
  await kit.sprite(projectId)
  const queued = await kit.api
    .as(kit.manager)
    .post(`/projects/${projectId}/builds`)
    .send({ templateId: 'catcher', config: { theme: 'seaside' } })
  buildId = queued.body.id
  await kit.run(buildId)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await kit.api.close()
})

interface Place {
  cwd: string
  zone: string
  now: string
  config?: object
}

/** Makes the bundle of the same inputs in a fresh process with another folder, time zone, clock and locale. */
async function makeElsewhere({ cwd, zone, now, config }: Place) {
  const actor = { kind: 'system', organizationId: kit.studio.organizationId, job: 'test' } as const
  const inputs = await inTenant(kit.api.deps.db, actor, async (tx) => {
    const build = await findBuild(tx, buildId)
    return { build, files: await findAssetFiles(tx, Object.values(build?.assets ?? {})) }
  })
  const file = join(folder, `${zone.replaceAll('/', '-')}.json`)
  const build = { ...inputs.build, config: { ...inputs.build?.config, ...config } }
  await writeFile(
    file,
    JSON.stringify({ root: join(kit.api.deps.config.dataDir, 'objects'), build, files: inputs.files }),
  )
  const clock = `const Real = Date; const shift = Real.parse(${JSON.stringify(now)}) - Real.now();
    globalThis.Date = class extends Real { constructor(...given) { given.length ? super(...given) : super(Real.now() + shift) }
    static now() { return Real.now() + shift } }`
  const script = fileURLToPath(new URL('../../../test/make-bundle-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(clock)}`, script, file],
    { cwd, env: { PATH: process.env['PATH'], TZ: zone, LANG: 'tr_TR.UTF-8', HOME: cwd } },
  )
  return JSON.parse(stdout) as {
    year: number
    offsetMinutes: number
    folder: string
    digest: string
    files: Record<string, string>
  }
}

test('the same inputs give the same bytes in any folder, zone and year; one changed input gives others', async () => {
  const here = await makeElsewhere({ cwd: folder, zone: 'Pacific/Kiritimati', now: '2031-02-28T23:59:59Z' })
  const there = await makeElsewhere({ cwd: '/', zone: 'America/St_Johns', now: '1999-12-31T23:59:59Z' })
  // The control: these really were two different worlds.
  expect([here.year, there.year]).toEqual([2031, 1999])
  expect([here.offsetMinutes, there.offsetMinutes]).toEqual([-840, 210])
  expect([here.folder, there.folder]).toEqual([folder, '/'])

  expect(there.files).toEqual(here.files)
  const row = await kit.rowOf(buildId)
  expect(row.status).toBe('passed')
  expect(
    Object.fromEntries(row.files.map((file: { path: string; digest: string }) => [file.path, file.digest])),
  ).toEqual(here.files)
  expect([here.digest, there.digest]).toEqual([row.digest, row.digest])

  const changed = await makeElsewhere({
    cwd: '/',
    zone: 'UTC',
    now: '2026-01-01T00:00:00Z',
    config: { durationSeconds: 61 },
  })
  expect(changed.digest).not.toBe(row.digest)
  expect(changed.files['game.html']).not.toBe(here.files['game.html'])
  expect(changed.files['share.png']).toBe(here.files['share.png'])
})
