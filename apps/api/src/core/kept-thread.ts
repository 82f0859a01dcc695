import { Worker } from 'node:worker_threads'

export interface KeptThread {
  file: URL
  maxMemoryMb: number
  /** How long one task may take; without it, as long as it takes. */
  patienceMs?: number
}

/** The thread was ended because its task took longer than it may. */
export class ThreadTooSlowError extends Error {}

/** An idle thread gives its memory back after a minute. */
const idleMs = 60_000

/**
 * Makes a thread for heavy computing that is kept between tasks, since starting one and warming its code up takes longer
 * than most tasks; one task after the other. It answers each message with one. `transfer` moves there and is gone here.
 */
export function createKeptThread<Task, Answer>({ file, maxMemoryMb, patienceMs }: KeptThread) {
  let thread: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let previous: Promise<unknown> = Promise.resolve()

  function start(): Worker {
    const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb } })
    return worker.on('error', () => forget(worker)).on('exit', () => forget(worker))
  }

  function forget(worker: Worker): void {
    if (thread === worker) thread = undefined
  }

  async function run(task: Task, transfer: readonly ArrayBuffer[]): Promise<Answer> {
    clearTimeout(idle)
    const worker = (thread ??= start())
    const answer = await ask<Answer>(worker, task, transfer, patienceMs).catch((error: unknown) => {
      // It is on its way out already; the next task must not be posted to it.
      if (error instanceof ThreadTooSlowError) forget(worker)
      throw error
    })
    idle = setTimeout(() => {
      void thread?.terminate()
      thread = undefined
    }, idleMs).unref()
    return answer
  }

  return (task: Task, transfer: readonly ArrayBuffer[] = []): Promise<Answer> => {
    const answered = previous.then(() => run(task, transfer))
    // Whoever asked is told of a failure; the next in line is not concerned.
    previous = Promise.allSettled([answered])
    return answered
  }
}

function ask<Answer>(worker: Worker, task: unknown, transfer: readonly ArrayBuffer[], patienceMs: number | undefined) {
  return new Promise<Answer>((resolve, reject) => {
    const answered = (answer: Answer) => {
      stopListening()
      resolve(answer)
    }
    const lost = (error: Error) => {
      stopListening()
      reject(error)
    }
    const ended = (code: number) => lost(new Error(`A thread ended with ${code} and answered nothing.`))
    const timer = patienceMs === undefined ? undefined : setTimeout(giveUp, patienceMs)
    function giveUp() {
      lost(new ThreadTooSlowError('A thread took too long over its task.'))
      void worker.terminate()
    }
    function stopListening() {
      clearTimeout(timer)
      worker.off('message', answered).off('error', lost).off('exit', ended)
      worker.unref()
    }
    worker.on('message', answered).on('error', lost).on('exit', ended)
    // It keeps the process alive only while it works.
    worker.ref()
    worker.postMessage(task, [...transfer])
  })
}
