import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isBroken, lineageToNpm } from './lineage.mjs'
import { root } from './place.mjs'
import { noteRun } from './run-notes.mjs'

const stopSignals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** Learned at once: npm may end while packages are still being installed. */
const lineage = lineageToNpm()

/** Loaded into a child first: ends it in an orderly way when this process is gone, even by kill -9. */
const followParent = new URL('./follow-parent.mjs', import.meta.url).href

/**
 * Runs long-lived Node programs until one of them ends or a signal comes, then stops the others, waits for all, and
 * returns the first one's exit code (128 + n for a signal, as shells do).
 *
 * Children sit in process groups of their own: Ctrl-C reaches the whole group of the terminal, and npm passes it on
 * once more, so a server would be told twice and take the second for "at once".
 * @param {{ command: string, args: string[], env: NodeJS.ProcessEnv }[]} programs
 */
export async function runTogether(programs) {
  const children = programs.map(({ command, args, env }) =>
    spawn(command, ['--import', followParent, ...args], {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  )
  const ends = children.map(
    (child) =>
      new Promise((done, fail) => {
        child.once('error', fail)
        child.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)))
      }),
  )
  const forgetRun = noteRun(children.flatMap(({ pid }) => pid ?? []))
  let stoppedAt = 0
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    const impatient = stoppedAt > 0 && performance.now() - stoppedAt > 2000
    stoppedAt ||= performance.now()
    for (const child of children) child.kill(impatient ? 'SIGKILL' : signal === 'SIGHUP' ? 'SIGTERM' : signal)
  }
  for (const signal of stopSignals) process.on(signal, stop)
  const watch = setInterval(() => {
    if (stoppedAt === 0 && isBroken(lineage)) stop('SIGTERM')
  }, 250)
  const code = /** @type {number} */ (await Promise.race(ends))
  clearInterval(watch)
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(ends)
  forgetRun()
  for (const signal of stopSignals) process.off(signal, stop)
  return code
}
