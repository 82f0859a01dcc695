import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isAlive } from '../apps/api/src/embedded/running-server.ts'
import { freePort } from '../apps/api/test/parts/process.ts'
import { type ServerLine, type ServerProcess, startServerProcess } from '../apps/api/test/parts/server-process.ts'

// The real server in a folder of its own, as `npm start` runs it once packages and pages are there.

let folder: string
let ports: { studio: number; games: number }
let firstWords: string
const servers: ServerProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparkle-start-'))
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(folder, 0o755)
  ports = { studio: await freePort(), games: await freePort() }
  const server = start({ DEMO: '1' })
  await server.ready()
  firstWords = server.output()
  await server.stop()
}, 120_000)
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})
afterAll(async () => {
  // Takes over a database that a test has left running, and ends it.
  const server = start()
  await server.ready()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}, 120_000)

function start(settings: Record<string, string> = {}): ServerProcess {
  const server = startServerProcess('server.ts', {
    PORT: String(ports.studio),
    GAMES_PORT: String(ports.games),
    DATA_DIR: join(folder, 'data'),
    DEMO: '0',
    ...settings,
  })
  servers.push(server)
  return server
}

/** What a start that fails says; it has to end with 1. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const server = start(settings)
  expect((await server.ended).code).toBe(1)
  return server.output()
}

/**
 * Its warnings and errors. That it took over jobs is none: the start before was stopped as soon as it was ready, in the
 * middle of the demo's jobs, and says rightly that another one did them.
 */
function complaints(server: ServerProcess): ServerLine[] {
  return server.log().filter(({ level, msg }) => level >= 40 && msg !== 'took over the jobs of a dead worker')
}

async function health(): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${ports.studio}/api/health/deep`)
  return ((await reply.json()) as { checks: Record<string, { status: string }> }).checks['database']?.status ?? 'none'
}

async function postgresPid(): Promise<number> {
  return Number((await readFile(join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function isDemoThere(): Promise<number> {
  return (await fetch(`http://127.0.0.1:${ports.studio}/api/v1/public/studios/sparkle`)).status
}

describe('a start', { timeout: 120_000 }, () => {
  test('makes everything the first time, and says where to look', () => {
    expect(firstWords).toContain(`http://localhost:${ports.studio}`)
    expect(firstWords).toContain('manager@sparkle.test')
    expect(firstWords).not.toMatch(/warning|deprecat|migrations/i)
  })

  test('finds everything the second time', async () => {
    const began = performance.now()
    const server = start({ DEMO: '1' })
    await server.ready()
    console.info(`second start: ready after ${Math.round(performance.now() - began)} ms`)
    expect(await isDemoThere()).toBe(200)
    expect(server.output()).not.toMatch(/warning|deprecat/i)
    expect(complaints(server)).toEqual([])
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, its database too, without an error', async (signal) => {
    const server = start()
    await server.ready()
    const database = await postgresPid()
    expect(await isAlive(database)).toBe(true)
    server.signal(signal)
    expect(await server.ended).toEqual({ code: 0, signal: null })
    expect(await isAlive(database)).toBe(false)
    expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false)
    expect(complaints(server)).toEqual([])
  })

  test('killed hard, it serves the same data again', async () => {
    const killed = start()
    await killed.ready()
    const database = await postgresPid()
    killed.signal('SIGKILL')
    expect((await killed.ended).signal).toBe('SIGKILL')

    const next = start()
    await next.ready()
    expect(await health()).toBe('ok')
    expect(await isDemoThere()).toBe(200)
    expect(await postgresPid()).toBe(database)
    next.signal('SIGTERM')
    expect((await next.ended).code).toBe(0)
    expect(await isAlive(database)).toBe(false)
  })

  test('killed hard together with its database, it repairs and serves the same data', async () => {
    const killed = start()
    await killed.ready()
    const database = await postgresPid()
    killed.signal('SIGKILL')
    process.kill(database, 'SIGQUIT')
    await killed.ended

    const next = start()
    await next.ready()
    expect(await isDemoThere()).toBe(200)
    expect(await postgresPid()).not.toBe(database)
  })
})

describe('a start that cannot be explains why, in few words', { timeout: 60_000 }, () => {
  let taken: Server
  afterEach(() => void taken?.close())

  test.each([
    ['PORT', 'studio'],
    ['GAMES_PORT', 'games'],
  ] as const)('%s is taken', async (setting, which) => {
    taken = createServer().listen(ports[which], '127.0.0.1')
    await new Promise((done) => taken.once('listening', done))
    const words = await refusal({})
    expect(words).toContain(`Port ${ports[which]} is taken by another program.`)
    expect(words).toContain(setting)
    expect(words).not.toContain('    at ')
    expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('its own studio runs already: where, as which process, and only while it lives', async () => {
    const running = start()
    await running.ready()
    const words = await refusal({})
    expect(words).toContain(`running already at http://localhost:${ports.studio} (process ${running.pid}).`)
    expect(words).toContain(`kill ${running.pid}`)
    expect(words).not.toMatch(/another program|    at /)
    expect(await health()).toBe('ok')

    running.signal('SIGKILL')
    await running.ended
    taken = createServer().listen(ports.studio, '127.0.0.1')
    await new Promise((done) => taken.once('listening', done))
    expect(await refusal({})).toContain(`Port ${ports.studio} is taken by another program.`)
    expect(existsSync(join(folder, 'data', 'studio.running'))).toBe(true)
  })

  test('the data folder cannot be made', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    const words = await refusal({ DATA_DIR: join(file, 'data') })
    expect(words).toContain(`${join(file, 'data')}`)
    expect(words).toContain('Set DATA_DIR to a folder that you may write to.')
    expect(words).not.toContain('    at ')
  })

  test('the secrets are damaged', async () => {
    const file = join(folder, 'data', 'secrets.json')
    const whole = await readFile(file, 'utf8')
    await writeFile(file, whole.slice(0, 40))
    try {
      const words = await refusal({})
      expect(words).toContain(file)
      expect(words).not.toContain('    at ')
      expect(words).not.toContain(whole.slice(20, 40))
    } finally {
      await writeFile(file, whole)
    }
  })

  test('broken settings, by name and without their values', async () => {
    const words = await refusal({
      PORT: 'seven-thousand',
      DATABASE_URL: 'mysql://me:hunter2@db/x',
      JWT_SECRET: 'hunter3',
    })
    for (const setting of ['PORT', 'DATABASE_URL', 'JWT_SECRET']) expect(words).toContain(`  ${setting}: `)
    expect(words).not.toMatch(/seven-thousand|hunter/)
    expect(words).not.toContain('    at ')
  })

  test('production without its secrets, or with the demo', async () => {
    const words = await refusal({ NODE_ENV: 'production', DEMO: '1' })
    for (const setting of ['DATABASE_URL', 'JWT_SECRET', 'DATA_KEYS', 'PUBLIC_ORIGIN', 'GAMES_ORIGIN', 'DEMO'])
      expect(words).toContain(`  ${setting}: `)
    expect(words).not.toContain('    at ')
  })

  test('a database that does not answer', async () => {
    const words = await refusal({ DATABASE_URL: `postgres://app:hunter2@127.0.0.1:${await freePort()}/sparkle` })
    expect(words).toContain('Check DATABASE_URL')
    expect(words).not.toMatch(/hunter2|    at /)
  })
})
