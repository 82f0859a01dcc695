import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBuildKit, type BuildKit } from '../../../test/build-kit.ts'
import { startWorkerProcess, type WorkerProcess } from '../../../test/worker-process.ts'

let kit: BuildKit
const workers: WorkerProcess[] = []

beforeAll(async () => {
  kit = await openBuildKit()
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})
afterAll(() => kit.api.close())

async function startWorker(dieAfter?: string): Promise<WorkerProcess> {
  const { appUrl, deps } = kit.api
  const worker = await startWorkerProcess({
    databaseUrl: appUrl,
    dataDir: deps.config.dataDir,
    ...(dieAfter && { dieAfter }),
  })
  workers.push(worker)
  return worker
}

async function queueBuild(): Promise<string> {
  const projectId = await kit.newProject(kit.manager)
  await kit.sprite(projectId)
  const { body } = await kit.api
    .as(kit.manager)
    .post(`/projects/${projectId}/builds`)
    .send({ templateId: 'catcher' })
    .expect(202)
  return body.id as string
}

const steps = ['begin', 'make', 'smoke-play', 'end']

test.each(steps)(
  'a worker killed with -9 after the step "%s": the build passes, by two attempts and with one effect',
  async (last) => {
    const buildId = await queueBuild()
    const doomed = await startWorker(`run-build:${last}`)
    expect(await doomed.ended).toBe('SIGKILL')
    const ended = last === 'end'
    expect((await kit.read(buildId)).status).toBe(ended ? 'passed' : 'building')

    const heir = await startWorker()
    const { eventId } = await heir.waitFor((line) => line.msg === 'job done' && line.job === 'run-build')
    const build = await kit.read(buildId)
    expect(build).toMatchObject({ status: 'passed', error: null, smoke: { finished: true } })
    expect((await kit.rowOf(buildId)).attempts).toBe(ended ? 1 : 2)

    const told = [...doomed.lines, ...heir.lines].filter((line) => line.job === 'run-build' && line.eventId === eventId)
    expect(told.filter((line) => line.msg === 'job started').map((line) => line.attempt)).toEqual([1, 2])
    expect(told.filter((line) => line.msg === 'step recorded').map((line) => line.step)).toEqual(steps)
    const again = heir.lines
      .filter((line) => line.msg === 'step was recorded before' && line.job === 'run-build')
      .map((line) => line.step)
    expect(again).toEqual(steps.slice(0, steps.indexOf(last) + 1))
    expect(await kit.eventsOf(buildId)).toEqual(['build:queued', 'build:started', 'build:passed'])
    expect(await kit.auditOf(buildId)).toEqual(['build:queued', 'build:passed'])
  },
)
