import { expect } from 'vitest'
import type { BuildView } from '@sparkle/shared/builds'
import { buildHandlers } from '../src/modules/builds/builds.events.ts'
import { openAssetKit } from './asset-kit.ts'
import { chelsea } from './photos.ts'

/** A studio with what tests of builds do again and again: projects, sprites, and the build job run here and now. */
export async function openBuildKit() {
  const kit = await openAssetKit()
  const { api, manager, studio } = kit

  /** The id of a new sprite, ready to be built with. */
  async function sprite(projectId: string): Promise<string> {
    const photo = (await kit.postFile(manager, projectId, chelsea).expect(201)).body.id as string
    await kit.run(photo)
    const made = await api
      .as(manager)
      .post(`/assets/${photo}/sprites`)
      .send({ size: 32, colors: 12, animations: ['idle', 'walk'] })
    expect(made.status).toBe(202)
    await kit.run(made.body.id)
    return made.body.id as string
  }

  async function read(id: string): Promise<BuildView> {
    return (await api.as(manager).get(`/builds/${id}`).expect(200)).body as BuildView
  }

  /** What the worker does on `build:queued`, without its records and its repetitions. */
  async function run(buildId: string): Promise<void> {
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'run-build' } as const
    const job = { attempt: 1, actor, log: silent, step: <T>(_name: string, work: () => Promise<T>) => work() }
    const event = {
      organizationId: studio.organizationId,
      seq: 1,
      id: buildId,
      type: 'build:queued',
      at: '2026-01-01T00:00:00.000000Z',
      projectId: null,
      actorId: null,
      actorName: null,
      data: { buildId },
    } as const
    for (const handler of buildHandlers) await handler.run(api.deps, event, job)
  }

  async function rowOf(buildId: string) {
    return (await api.owner.query('select * from builds where id = $1', [buildId])).rows[0]
  }

  async function eventsOf(buildId: string): Promise<string[]> {
    const { rows } = await api.owner.query(
      `select type from outbox where data ->> 'buildId' = $1 order by created_at, id`,
      [buildId],
    )
    return rows.map((row) => row.type)
  }

  return { ...kit, runAsset: kit.run, sprite, read, run, rowOf, eventsOf }
}
export type BuildKit = Awaited<ReturnType<typeof openBuildKit>>
