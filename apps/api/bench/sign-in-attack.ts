import { readFile } from 'node:fs/promises'
import { percentile, withoutUploads } from './lib/load-samples.ts'
import { benchPassword, openLoadWorld } from './lib/load-world.ts'
import { startWork } from './lib/load-work.ts'
import { median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:sign-in-attack`: 10,000 wrong passwords for one account from 200 networks, while 60 people work. What the
 * slowest 5 % of their requests take then, as a ratio to the quiet windows between the attacks; and whether the
 * attacked person still gets in, from the device they know and from a new one.
 */
const people = 60
const thinkMs = 1000
const rounds = 5
const quietSeconds = 10
const triesEach = 2_000
const attackers = 20
/** Fresh ones every round: a network that has used up its tries costs the server next to nothing. */
const networksEach = 40
const ratioLimit = 2

const photo = await readFile(new URL('../src/demo/photos/chelsea.png', import.meta.url))
// Attempts come from many addresses, as the proxy in front of the server tells it.
const world = await openLoadWorld(people, { TRUST_PROXY: '1' })
try {
  const [victim] = world.workers
  if (!victim) throw new Error('There is nobody to attack.')
  const atHome = await signIn(victim.email, benchPassword, '198.51.100.1')
  const device = atHome.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('sc_dv='))
    ?.split(';')[0]
  if (!atHome.ok || !device) throw new Error(`The person could not sign in before the attack: ${atHome.status}`)

  const work = await startWork(world.address, world.workers, photo, thinkMs)
  await new Promise((resolve) => setTimeout(resolve, quietSeconds * 1000))
  const during = async (what: () => Promise<unknown>) => {
    const from = work.samples.length
    await what()
    return percentile(withoutUploads(work.samples.slice(from)), 0.95)
  }
  const answers = new Map<number, number>()
  const quiet: number[] = []
  const attacked: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(await during(() => new Promise((resolve) => setTimeout(resolve, quietSeconds * 1000))))
    attacked.push(await during(() => attack(victim.email, round, answers)))
  }
  const failed = work.samples.filter(({ status }) => status < 200 || status >= 300).length
  await work.stop()
  const known = await signIn(victim.email, benchPassword, '198.51.100.1', device)
  const elsewhere = await signIn(victim.email, benchPassword, '192.0.2.77')

  const ratios = attacked.map((p95, round) => p95 / (quiet[round] ?? Number.NaN))
  console.info(`${rounds} interleaved rounds (lowest to highest), ${people} people at work`)
  console.info(`  p95 in quiet               ${spread(quiet)} ms`)
  console.info(`  p95 under attack           ${spread(attacked)} ms`)
  console.info(`  ratio                      ${spread(ratios, 2)}   (at most ${ratioLimit.toFixed(2)})`)
  console.info(
    `  wrong attempts, by status  ${[...answers].map(([status, count]) => `${status}: ${count}`).join(', ')}`,
  )
  console.info(`  failed among the people's  ${failed} of ${work.samples.length}`)
  console.info(
    `  the person signs in        from the known device ${known.status}, from a new network ${elsewhere.status}`,
  )
  process.exitCode = median(ratios) <= ratioLimit && known.ok && elsewhere.ok && failed === 0 ? 0 : 1
} finally {
  await world.stop()
}

/** `triesEach` wrong passwords, `attackers` at a time, from the round's networks in turn. */
async function attack(email: string, round: number, answers: Map<number, number>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: attackers }, async () => {
      for (let n = next++; n < triesEach; n = next++) {
        const { status } = await signIn(email, `wrong password ${n}`, `10.0.${round}.${n % networksEach}`)
        answers.set(status, (answers.get(status) ?? 0) + 1)
      }
    }),
  )
}

function signIn(email: string, password: string, address: string, cookie?: string): Promise<Response> {
  return fetch(`${world.address}/api/v1/auth/login`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      ...(cookie && { cookie, origin: world.address }),
    },
    body: JSON.stringify({ email, password }),
  })
}
