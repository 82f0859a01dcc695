import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedPostgres } from './postgres.ts'
import { isAlive, readPostmaster, stopServer } from './running-server.ts'

const log = { info: () => undefined, warn: () => undefined }
let dataDir: string
let opened: { stop(): Promise<void> }[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sparkle-pg-'))
  await chmod(dataDir, 0o755)
  opened = []
})

afterEach(async () => {
  for (const server of opened) await server.stop()
  const left = await readPostmaster(join(dataDir, 'postgres'))
  if (left && (await isAlive(left.pid))) await stopServer(left.pid)
  await rm(dataDir, { recursive: true, force: true })
})

async function start(options: { port?: number; dataDir?: string } = {}) {
  const server = await startEmbeddedPostgres({ dataDir, fast: true, log, ...options })
  opened.push(server)
  return server
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A node of its own that starts the database and then waits; resolves once the database answers. */
async function startInOtherProcess(): Promise<ChildProcess> {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
    const log = { info() {}, warn() {} }
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, fast: true, log })
    console.log('ready')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((done, fail) => {
    child.stdout?.once('data', () => done())
    child.once('exit', (code) => fail(new Error(`ended early with ${code}`)))
  })
  return child
}

async function kill9(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await gone
}

test('keeps data, password and port over a stop and a start', async () => {
  const first = await start()
  expect(first.origin).toBe('started')
  await query(first.superUrl, 'create table kept (n int)')
  await first.stop()
  await expect(query(first.superUrl, 'select 1')).rejects.toThrow('ECONNREFUSED')

  const second = await start()
  expect(second.superUrl).toBe(first.superUrl)
  expect(await query(second.superUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
})

test('refuses a wrong password, listens on loopback only and keeps the password to the owner', async () => {
  const server = await start()
  await expect(query(server.urlOf('postgres', 'wrong', 'postgres'), 'select 1')).rejects.toThrow(/password/)
  expect(await query(server.superUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600)
})

test('takes over the server of an owner that was killed, and stops it', async () => {
  await kill9(await startInOtherProcess())
  const before = await readPostmaster(join(dataDir, 'postgres'))

  const server = await start()
  expect(server.origin).toBe('reused')
  expect(await readPostmaster(join(dataDir, 'postgres'))).toEqual(before)
  await server.stop()
  expect(await isAlive(before?.pid ?? 0)).toBe(false)
})

test('leaves the server alone while its owner lives', async () => {
  const owner = await startInOtherProcess()
  try {
    const guest = await start()
    expect(guest.origin).toBe('shared')
    await guest.stop()
    expect(await query(guest.superUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  } finally {
    await kill9(owner)
  }
})

test('starts again when node and the server were both killed', async () => {
  const owner = await startInOtherProcess()
  const { pid } = (await readPostmaster(join(dataDir, 'postgres'))) ?? { pid: 0 }
  await kill9(owner)
  process.kill(pid, 'SIGKILL')
  for (let tries = 0; (await isAlive(pid)) && tries < 3000; tries++) await sleep(10)

  const server = await start()
  expect(server.origin).toBe('started')
  expect(await query(server.superUrl, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('is not fooled by a pid file whose pid belongs to another program', async () => {
  await (await start()).stop()
  const lines = [process.pid, join(dataDir, 'postgres'), 0, 1, '', '127.0.0.1', '', 'ready']
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), lines.join('\n'))
  expect((await start()).origin).toBe('started')
})

test('makes the cluster anew when initdb was killed half-way', async () => {
  await mkdir(join(dataDir, 'postgres.new'))
  await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n')
  const server = await start()
  expect(await query(server.superUrl, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('explains a fixed port that is taken, and avoids a kept one', async () => {
  const port = Number(await (await start()).stop().then(() => readFile(join(dataDir, 'postgres.port'), 'utf8')))
  const squatter = await listen(port)
  try {
    await expect(start({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`)
    expect((await start()).port).not.toBe(port)
  } finally {
    await new Promise((done) => squatter.close(done))
  }
})

test('explains a data folder that cannot be written', async () => {
  const file = join(dataDir, 'a-file')
  await writeFile(file, '')
  await expect(start({ dataDir: join(file, 'below') })).rejects.toThrow(/cannot be written .*Set DATA_DIR/)
})

test('explains a password file that was replaced, and leaves nothing running', async () => {
  await (await start()).stop()
  await writeFile(join(dataDir, 'postgres.password'), 'another')
  await expect(start()).rejects.toThrow(/postgres\.password does not open the database/)
  expect(await readPostmaster(join(dataDir, 'postgres'))).toBeUndefined()
})

test('explains a cluster of another PostgreSQL', async () => {
  await (await start()).stop()
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow('was made by PostgreSQL 17')
})

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  return server
}
