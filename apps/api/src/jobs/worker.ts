import { setTimeout as sleep } from 'node:timers/promises'
import type { Chore, EventHandler, JobLog, Round, Sweep } from '../core/event-handlers.ts'
import { newId } from '../core/ids.ts'
import { listOrganizations } from '../db/system.ts'
import type { Deps } from '../plugins/types.ts'
import { dispatchOrganization } from './dispatch.ts'
import { launchEngine } from './engine.ts'
import { handlers as allHandlers, rounds as allRounds, sweeps as allSweeps } from './handlers.ts'
import { openWorkerLocks } from './locks.ts'
import { relayOrganization } from './relay.ts'

export interface WorkerOptions {
  /** The runtime role's database: the job engine and the worker's locks need connections of their own. */
  databaseUrl: string
  log: JobLog
  handlers?: readonly EventHandler<Deps>[]
  sweeps?: readonly Sweep<Deps>[]
  rounds?: readonly Round<Deps>[]
  /** What the operator's side wants done; none where left out. */
  chores?: readonly Chore<Deps>[]
  /** How often studios with something left over are looked for; notifications do the daily work. */
  pollSeconds?: number
  /** How often jobs of dead workers are looked for. */
  takeOverSeconds?: number
  /** Told after each step that was really done and recorded. */
  onStep?: (handler: string, step: string) => void
}

export interface Worker {
  executorId: string
  /** Ends the rounds, gives running jobs ten seconds, and leaves the rest to be taken over. */
  stop(): Promise<void>
}

/** Starts relay, dispatch, jobs, take-over and sweeps. Any number of workers share the work; one for each process. */
export async function startWorker(deps: Deps, options: WorkerOptions): Promise<Worker> {
  const { databaseUrl, log, handlers = allHandlers, sweeps = allSweeps, rounds = allRounds, chores = [] } = options
  const { db, crypto, listener } = deps
  const executorId = newId()
  const stopping = new AbortController()
  const locks = await openWorkerLocks(databaseUrl, executorId, log)
  const engine = await launchEngine({
    deps,
    databaseUrl,
    executorId,
    handlers,
    log,
    ...(options.onStep && { onStep: options.onStep }),
  }).catch(async (error: unknown) => {
    await locks.close()
    throw error
  })

  const woken = createInbox(stopping.signal)
  const relayed = createInbox(stopping.signal)
  const wake = (organizationIds: Iterable<string>) => woken.put(organizationIds)
  const unlisten = [
    listener.on('sc_outbox', (organizationId) => wake([organizationId])),
    listener.on('reconnected', () => void attempt('look for events', findPending)),
  ]

  async function findPending(): Promise<void> {
    wake(await listOrganizations(db, true))
  }

  /** Relay and dispatch in turns of their own: the next event's way to open pages is not held up by jobs that start. */
  const relayWoken = () =>
    woken.empty((id) =>
      attempt('relay events', async () => {
        await relayOrganization(db, crypto, id)
        relayed.put([id])
      }),
    )
  const dispatchRelayed = () =>
    relayed.empty((id) => attempt('start jobs', () => dispatchOrganization(db, id, handlers, engine.start)))

  async function takeOver(): Promise<void> {
    for (const other of await engine.busyExecutors()) {
      if (other === executorId || !(await locks.isFree(other))) continue
      const jobs = await engine.recover(other)
      if (jobs > 0) log.warn({ from: other, jobs }, 'took over the jobs of a dead worker')
    }
  }

  async function sweep(one: Sweep<Deps>): Promise<void> {
    if (!(await locks.tryHold(`sweep:${one.name}`))) return
    for (const organizationId of await listOrganizations(db, false)) {
      if (stopping.signal.aborted) return
      await attempt(`sweep ${one.name}`, () => one.run(deps, { kind: 'system', organizationId, job: one.name }))
    }
  }

  async function chore(one: Chore<Deps>): Promise<void> {
    if (await locks.tryHold(`chore:${one.name}`)) await one.run(deps, log, stopping.signal)
  }

  async function forgetJobs(): Promise<void> {
    if (await locks.tryHold('forget-jobs')) await engine.forgetFinished(30)
  }

  /** A round that fails is logged and comes again; it must not end the worker. */
  async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error }, `could not ${what}`)
    }
  }

  /** Ends early, without complaint, when the worker stops or is woken. */
  async function rest(seconds: number, hurry?: AbortSignal): Promise<void> {
    const signal = hurry ? AbortSignal.any([stopping.signal, hurry]) : stopping.signal
    try {
      await sleep(seconds * 1000, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  /** Comes round by itself, and at once when it is notified. */
  async function goRound(one: Round<Deps>): Promise<void> {
    let hurry = false
    let awake = new AbortController()
    const off = listener.on(one.on, () => {
      hurry = true
      awake.abort()
    })
    while (!stopping.signal.aborted) {
      hurry = false
      awake = new AbortController()
      await attempt(one.name, () => one.run(deps, log))
      if (!hurry) await rest(one.everySeconds, awake.signal)
    }
    off()
  }

  async function every(seconds: number, what: string, work: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      await attempt(what, work)
      await rest(seconds)
    }
  }

  // Everything once: audit rows older than a day are no longer looked for by the round of pending studios.
  await attempt('list studios', async () => wake(await listOrganizations(db, false)))
  const running = [
    relayWoken(),
    dispatchRelayed(),
    every(options.pollSeconds ?? 5, 'look for events', findPending),
    every(options.takeOverSeconds ?? 3, 'take over jobs', takeOver),
    every(3600, 'forget old jobs', forgetJobs),
    ...sweeps.map((one) => every(one.everySeconds, `sweep ${one.name}`, () => sweep(one))),
    ...rounds.map((one) => goRound(one)),
    ...chores.map((one) => every(one.everySeconds, one.name, () => chore(one))),
  ]
  log.info({ executorId }, 'worker started')

  return {
    executorId,
    async stop() {
      stopping.abort()
      unlisten.forEach((off) => off())
      await Promise.all(running)
      await engine.stop()
      await locks.close()
    },
  }
}

interface Inbox {
  put(ids: Iterable<string>): void
  /** Works on one after another until the end, and waits while there are none. */
  empty(work: (id: string) => Promise<void>): Promise<void>
}

/** Ids to work on; one that is put in again before its turn has one turn. */
function createInbox(stopping: AbortSignal): Inbox {
  const ids = new Set<string>()
  let rouse: () => void = () => undefined
  stopping.addEventListener('abort', () => rouse())
  return {
    put(more) {
      for (const id of more) ids.add(id)
      rouse()
    },
    async empty(work) {
      while (!stopping.aborted) {
        for (const id of ids) {
          ids.delete(id)
          await work(id)
        }
        if (ids.size === 0 && !stopping.aborted) await new Promise<void>((resolve) => (rouse = resolve))
      }
    },
  }
}
