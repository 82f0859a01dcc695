import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheFolder } from './place.mjs'
import { retireOrphans } from './run-notes.mjs'

/** A server that takes a moment to stop, and counts how often it is told to. */
const server = `
let told = 0
const stay = setInterval(() => {}, 1000)
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    told += 1
    console.log('told ' + signal)
    setTimeout(() => { clearInterval(stay); console.log('stopped after ' + told) ; process.exitCode = 7 }, 400)
  })
}
console.log('pid ' + process.pid)`

let folder: string
let script: string
let launcher: ChildProcess
let output: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sparkle-run-'))
  writeFileSync(join(folder, 'server.mjs'), server)
  const children = JSON.stringify(new URL('./children.mjs', import.meta.url).href)
  const program = JSON.stringify({ command: process.execPath, args: [join(folder, 'server.mjs')] })
  script = `const { runTogether } = await import(${children})
    process.exitCode = await runTogether([{ ...${program}, env: process.env }])`
  launcher = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  output = ''
  launcher.stdout?.on('data', (chunk) => (output += chunk))
  await until(() => output.includes('pid '))
})

afterEach(async () => {
  if (launcher.exitCode === null && launcher.signalCode === null) launcher.kill('SIGKILL')
  await until(() => !isAlive(serverPid()))
  rmSync(folder, { recursive: true, force: true })
})

const serverPid = () => Number(/pid (\d+)/.exec(output)?.[1])
const note = () => join(cacheFolder, 'runs', `${launcher.pid}.json`)

async function until(fits: () => boolean): Promise<void> {
  for (const end = Date.now() + 45_000; !fits(); await sleep(10)) {
    if (Date.now() > end) throw new Error(`it does not come to that; written so far: ${output}`)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // ESRCH: there is no such process.
    return false
  }
}

const ended = () => new Promise<number | null>((done) => launcher.once('exit', done))

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops the server in order, and its exit code is passed on',
  async (signal) => {
    const code = ended()
    launcher.kill(signal)
    launcher.kill(signal)
    expect(await code).toBe(7)
    // Its last words may arrive after the news of its end.
    await until(() => output.includes(`told ${signal}`) && /stopped after [12]\b/.test(output))
    expect(existsSync(note())).toBe(false)
  },
)

test('SIGHUP, a closed terminal, stops the server as SIGTERM does', async () => {
  const code = ended()
  launcher.kill('SIGHUP')
  expect(await code).toBe(7)
  await until(() => output.includes('told SIGTERM'))
})

test.each([
  ['its shell', '"$NODE" --input-type=module -e "$SCRIPT"; exit 0'],
  ['its shell and a launcher', `sh -c '"$NODE" --input-type=module -e "$SCRIPT"; exit 0'; exit 0`],
])('the end of npm stops the server, whatever stands between: %s', async (_between, line) => {
  launcher.kill('SIGKILL')
  await until(() => output.includes('stopped after 1'))
  output = ''
  const env = { ...process.env, npm_lifecycle_event: 'start', NODE: process.execPath, SCRIPT: script }
  launcher = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'inherit'], env })
  launcher.stdout?.on('data', (chunk) => (output += chunk))
  await until(() => output.includes('pid '))
  launcher.kill('SIGTERM')
  await until(() => output.includes('stopped after 1'))
  expect(output).toContain('told SIGTERM')
})

test('npm killed hard stops the server, though shell and launcher between them live on', async () => {
  launcher.kill('SIGKILL')
  await until(() => output.includes('stopped after 1'))
  output = ''
  const between = `sh -c '"$NODE" --input-type=module -e "$SCRIPT"; exit 0'; exit 0`
  const env = { ...process.env, NODE: process.execPath, SCRIPT: script, BETWEEN: between }
  // The first shell is npm: it alone does not carry the name of the run.
  const npm = 'npm_lifecycle_event=start sh -c "$BETWEEN"; exit 0'
  launcher = spawn('sh', ['-c', npm], { stdio: ['ignore', 'pipe', 'inherit'], env })
  launcher.stdout?.on('data', (chunk) => (output += chunk))
  await until(() => output.includes('pid '))
  launcher.kill('SIGKILL')
  await until(() => output.includes('stopped after 1'))
  expect(output).toContain('told SIGTERM')
})

test('a server whose launcher is killed stops by itself, and the next start waits for it', async () => {
  launcher.kill('SIGKILL')
  await ended()
  expect(existsSync(note())).toBe(true)
  await retireOrphans()
  // Its pid may linger as a zombie until init reaps it; what counts is that it has come to its end.
  await until(() => output.includes('stopped after 1'))
  expect(existsSync(note())).toBe(false)
})
