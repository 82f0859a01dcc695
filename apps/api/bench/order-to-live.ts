import {
  buildGame,
  deployBuild,
  findProject,
  makeSprite,
  openGame,
  openStudioApi,
  orderGame,
  reserveAddress,
  uploadPhoto,
  waitForPhoto,
} from '../../../tools/lib/order-steps.ts'
import { demoPassword, startDemoStudio } from '../../../tools/lib/demo-studio.ts'
import { median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:order-to-live`: from the order's photo to an address that serves the game, by the public API against the
 * real server with all its roles, and which step takes what share. Steps that are jobs are asked for every 20 ms, so a
 * step's time is up to that much too long.
 */
const limitSeconds = 3
const rounds = 5

const studio = await startDemoStudio()
try {
  // The first round warms the server's modules and connections, and is not counted.
  const runs: Map<string, number>[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const run = await orderToLive(studio.studioUrl)
    if (round > 0) runs.push(run)
  }
  const totals = runs.map((run) => sum([...run.values()]))
  const steps = [...(runs[0]?.keys() ?? [])].map((step) => ({ step, times: runs.map((run) => run.get(step) ?? 0) }))
  const whole = sum(steps.map(({ times }) => median(times)))
  console.info(`order to live address, median of ${rounds} runs in ms (lowest to highest), and its share`)
  for (const { step, times } of steps) {
    const share = `${((median(times) / whole) * 100).toFixed(0)} %`
    console.info(`  ${step.padEnd(24)} ${spread(times).padEnd(24)} ${share.padStart(5)}`)
  }
  console.info(`  ${'all'.padEnd(24)} ${spread(totals)}`)
  const ratios = totals.map((total) => total / (limitSeconds * 1000))
  console.info(`  ratio to ${limitSeconds} s            ${spread(ratios, 2)}   (less than 1.00)`)
  process.exitCode = median(ratios) < 1 ? 0 : 1
} finally {
  await studio.stop()
}

/** Milliseconds of each step of one order, in the order they were taken. */
async function orderToLive(studioUrl: string): Promise<Map<string, number>> {
  const api = openStudioApi(studioUrl, 20)
  // Before the order: hashing the password would hide how long the photo takes.
  await api.signIn('manager@sparkle.test', demoPassword)
  const times = new Map<string, number>()
  const timed = async <T>(step: string, take: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    const result = await take()
    times.set(step, performance.now() - started)
    return result
  }
  const uploadId = await timed('upload photo', () => uploadPhoto(api, 'sparkle'))
  const order = await timed('order', () => orderGame(api, 'sparkle', uploadId))
  const projectId = await timed('find project', () => findProject(api, order))
  const photo = await timed('process photo', () => waitForPhoto(api, projectId))
  await timed('make sprite', () => makeSprite(api, photo.id))
  const build = await timed('build game', () => buildGame(api, projectId))
  const address = await timed('reserve address', () => reserveAddress(api, projectId))
  const live = await timed('deploy', () => deployBuild(api, address, build))
  await timed('open page', () => openGame(live))
  return times
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
