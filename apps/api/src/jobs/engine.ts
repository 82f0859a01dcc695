import { DBOS } from '@dbos-inc/dbos-sdk'
import { getExecutor } from '@dbos-inc/dbos-sdk/internal/dbos'
import { sql } from 'drizzle-orm'
import type { SystemActor } from '../core/actor.ts'
import { withoutValues } from '../core/db-fault.ts'
import { lanes, type EventHandler, type Job, type JobLog, type Lane } from '../core/event-handlers.ts'
import { findEvent } from '../core/event-log.ts'
import { inTenant, type Database } from '../core/in-tenant.ts'
import { closePool, openPool } from '../db/pool.ts'

/**
 * The job engine, DBOS on our own PostgreSQL. It is one for each process by its nature, so this file is the only one
 * that knows it. Its version is constant: a run is recovered only by workers of the same version, and the default is a
 * hash of the code. A handler whose steps change incompatibly gets a new name instead.
 */
const applicationVersion = '1'

/** How many jobs of a lane one worker runs at a time. Heavy ones are bound by the processor. */
const laneSizes: Record<Lane, number> = { quick: 8, heavy: 2, mail: 8 }
const queuePollMs = 150
const poolSize = 6
/** A job that has brought down this many workers is put aside as failed. */
const maxRecoveryAttempts = 10

export interface EngineOptions<D extends { db: Database }> {
  deps: D
  databaseUrl: string
  executorId: string
  handlers: readonly EventHandler<D>[]
  log: JobLog
  /** Told after each step that was really done and recorded, for figures and for crash tests. */
  onStep?: (handler: string, step: string) => void
}

export interface Engine<D> {
  start(organizationId: string, eventId: string, handler: EventHandler<D>): Promise<void>
  /** Takes over what another worker, which must be dead, left running; answers how many jobs. */
  recover(executorId: string): Promise<number>
  /** Workers that have jobs running by the database, whether they live or not. */
  busyExecutors(): Promise<string[]>
  /** Forgets finished jobs older than this; answers how many. */
  forgetFinished(olderThanDays: number): Promise<number>
  stop(): Promise<void>
}

type RunHandler = (organizationId: string, eventId: string, handlerName: string) => Promise<void>
let running: RunHandler | undefined

const handleEvent = DBOS.registerWorkflow(
  async (organizationId: string, eventId: string, handlerName: string): Promise<void> => {
    if (!running) throw new Error('A job was started in a process that is not a worker.')
    await running(organizationId, eventId, handlerName)
  },
  { name: 'handle-event', maxRecoveryAttempts },
)

/** Connects to the engine's tables, which the migration has made, and begins to take jobs. Once for each process. */
export async function launchEngine<D extends { db: Database }>(options: EngineOptions<D>): Promise<Engine<D>> {
  const { deps, executorId, log } = options
  if (running) throw new Error('This process runs a worker already.')
  running = (organizationId, eventId, name) => runHandler(options, organizationId, eventId, name)
  // A pool of our own, because the engine does not wait for the end of its connections when it stops.
  const pool = openPool(withSessionLimits(options.databaseUrl), poolSize, 'sparkle-jobs')
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection of the jobs was lost'))
  DBOS.setConfig({
    name: 'sparkleclassic',
    systemDatabaseUrl: options.databaseUrl,
    systemDatabasePool: pool,
    applicationVersion,
    executorID: executorId,
    runMigrations: false,
    logger: quietLogger(log),
  })
  try {
    await DBOS.launch()
    for (const lane of lanes)
      await DBOS.registerQueue(lane, {
        workerConcurrency: laneSizes[lane],
        minPollingIntervalMs: queuePollMs,
        onConflict: 'always_update',
      })
  } catch (error) {
    running = undefined
    await closePool(pool)
    throw error
  }

  return {
    async start(organizationId, eventId, handler) {
      await DBOS.startWorkflow(handleEvent, {
        workflowID: `${eventId}:${handler.name}`,
        queueName: handler.lane ?? 'quick',
      })(organizationId, eventId, handler.name)
    },
    async recover(dead) {
      const handles = await getExecutor().recoverPendingWorkflows([dead])
      return handles.length
    },
    async busyExecutors() {
      const { rows } = await deps.db.execute(sql`
        select distinct executor_id as id from dbos.workflow_status
        where status = 'PENDING' and application_version = ${applicationVersion}`)
      return rows.map((row) => String(row['id']))
    },
    async forgetFinished(olderThanDays) {
      const completedBefore = new Date(Date.now() - olderThanDays * 86_400_000).toISOString()
      const finished = await DBOS.listWorkflows({ completedBefore, limit: 1000, loadInput: false, loadOutput: false })
      if (finished.length > 0) await DBOS.deleteWorkflows(finished.map((one) => one.workflowID))
      return finished.length
    },
    async stop() {
      await DBOS.shutdown({ workflowCompletionTimeoutMS: 10_000 })
      await closePool(pool)
      running = undefined
    },
  }
}

async function runHandler<D extends { db: Database }>(
  options: EngineOptions<D>,
  organizationId: string,
  eventId: string,
  name: string,
): Promise<void> {
  const { deps, handlers, log } = options
  const actor: SystemActor = { kind: 'system', organizationId, job: name }
  const attempt = await readAttempt(deps.db)
  const facts = { job: name, eventId, organizationId, attempt }
  log.info(facts, 'job started')
  try {
    const handler = handlers.find((one) => one.name === name)
    if (!handler) throw new Error(`There is no handler "${name}".`)
    const event = await inTenant(deps.db, actor, (tx) => findEvent(tx, eventId))
    if (!event) throw new Error(`Event ${eventId} is not in the log.`)
    const job: Job = { attempt, actor, log: withFacts(log, facts), step: recordedStep(options, facts) }
    await handler.run(deps, event, job)
    log.info(facts, 'job done')
  } catch (error) {
    log.error({ ...facts, err: error }, 'job failed')
    throw error
  }
}

function recordedStep<D extends { db: Database }>(
  { log, onStep }: EngineOptions<D>,
  facts: { job: string },
): Job['step'] {
  return async (step, work, { attempts = 5, firstWaitSeconds = 1, worthRetrying } = {}) => {
    let done = false
    const result = await DBOS.runStep(
      async () => {
        const value = await work().catch((error: unknown) => {
          throw withoutValues(error)
        })
        done = true
        return value
      },
      {
        name: step,
        retriesAllowed: attempts > 1,
        maxAttempts: attempts,
        intervalSeconds: firstWaitSeconds,
        backoffRate: 2,
        ...(worthRetrying && { shouldRetry: worthRetrying }),
      },
    )
    log.info({ ...facts, step, replayed: !done }, done ? 'step recorded' : 'step was recorded before')
    if (done) onStep?.(facts.job, step)
    return result
  }
}

/** Asked of the table itself: the engine would record its own answer as a step and repeat it in every attempt. */
async function readAttempt(db: Database): Promise<number> {
  const { rows } = await db.execute(
    sql`select recovery_attempts as attempt from dbos.workflow_status where workflow_uuid = ${DBOS.workflowID}`,
  )
  return Number(rows[0]?.['attempt'] ?? 1)
}

function withFacts(log: JobLog, facts: object): JobLog {
  return {
    info: (more, message) => log.info({ ...facts, ...more }, message),
    warn: (more, message) => log.warn({ ...facts, ...more }, message),
    error: (more, message) => log.error({ ...facts, ...more }, message),
  }
}

/** A job that hangs within a transaction must not hold its locks for ever. */
function withSessionLimits(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const options = [url.searchParams.get('options'), '-c idle_in_transaction_session_timeout=60000'].filter(Boolean)
  url.searchParams.set('options', options.join(' '))
  // `pg` decodes %20 but takes a plus sign as it stands.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}

/** What the engine tells of itself is of use only when something is wrong; its jobs are logged by us. */
function quietLogger(log: JobLog) {
  const text = (entry: unknown) => (typeof entry === 'string' ? entry : String(entry))
  return {
    info: () => undefined,
    debug: () => undefined,
    warn: (entry: unknown) => log.warn({ part: 'jobs' }, text(entry)),
    error: (entry: unknown, metadata?: { error?: unknown }) =>
      log.error({ part: 'jobs', err: metadata?.error }, text(entry)),
  }
}
