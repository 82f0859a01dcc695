import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Api, startApi, type TestStudio } from '../../test/harness.ts'
import { startWorkerProcess, type WorkerProcess, type WorkerSettings } from '../../test/worker-process.ts'
import { inTenant } from '../core/in-tenant.ts'
import { emit } from '../core/outbox.ts'

const handlers = new URL('../../test/fixtures/two-effects.ts', import.meta.url).href

describe('a worker that is killed with -9 after a recorded step', () => {
  let api: Api
  const workers: WorkerProcess[] = []
  beforeAll(async () => {
    api = await startApi()
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  })
  afterAll(() => api.close())

  async function start(more: Partial<WorkerSettings> = {}) {
    const worker = await startWorkerProcess({
      databaseUrl: api.appUrl,
      dataDir: api.deps.config.dataDir,
      handlers,
      ...more,
    })
    workers.push(worker)
    return worker
  }

  const happen = ({ organizationId }: TestStudio) => {
    const actor = { kind: 'system', organizationId, job: 'test' } as const
    return inTenant(api.deps.db, actor, (tx) => emit(tx, actor, 'studio:updated'))
  }

  const traces = (eventId: string, kind = '') =>
    readFile(join(api.deps.config.dataDir, `${eventId}${kind}.txt`), 'utf8').then((text) => text.trim().split('\n'))

  test('is succeeded by another: two attempts, one effect', async () => {
    const studio = await api.studio()
    const doomed = await start({ dieAfter: 'two-effects:first' })
    const eventId = await happen(studio)
    expect(await doomed.ended).toBe('SIGKILL')
    expect(doomed.lines).toContainEqual(
      expect.objectContaining({ msg: 'job started', job: 'two-effects', eventId, attempt: 1 }),
    )
    expect(await traces(eventId)).toEqual(['first'])

    const heir = await start()
    await heir.waitFor((line) => line.msg === 'job done' && line.eventId === eventId)
    expect(await traces(eventId)).toEqual(['first', `second of ${eventId}`])
    const told = heir.lines
      .filter((line) => line.job === 'two-effects')
      .map(({ msg, step, attempt }) => ({ msg, step, attempt }))
    expect(told).toEqual([
      { msg: 'job started', attempt: 2 },
      { msg: 'step was recorded before', step: 'first', attempt: 2 },
      { msg: 'step recorded', step: 'second', attempt: 2 },
      { msg: 'job done', attempt: 2 },
    ])
    expect(heir.lines).toContainEqual(expect.objectContaining({ msg: 'took over the jobs of a dead worker' }))
  })

  test('is not mistaken for one that lives: two workers, one attempt each', async () => {
    const studio = await api.studio()
    const both = [await start(), await start()]
    const eventIds = await Promise.all(Array.from({ length: 20 }, () => happen(studio)))
    await expect.poll(() => doneIn(both).toSorted(), { timeout: 30_000 }).toEqual(eventIds.toSorted())
    for (const eventId of eventIds) expect(await traces(eventId)).toEqual(['first', `second of ${eventId}`])
    const started = both
      .flatMap((worker) => worker.lines)
      .filter((line) => line.msg === 'job started' && line.job === 'two-effects')
    expect(started.map((line) => line.attempt)).toEqual(eventIds.map(() => 1))
  })

  test('a failure that another try cannot cure is not tried again, and the job is put down as failed', async () => {
    const worker = await start()
    const eventId = await happen(await api.studio())
    await worker.waitFor((line) => line.msg === 'job failed' && line.job === 'hopeless' && line.eventId === eventId)
    expect(await traces(eventId, '.hopeless')).toEqual(['tried'])
  })

  function doneIn(workersToAsk: WorkerProcess[]): string[] {
    return workersToAsk
      .flatMap((worker) => worker.lines)
      .filter((line) => line.msg === 'job done' && line.job === 'two-effects')
      .map((line) => String(line.eventId))
  }
})
