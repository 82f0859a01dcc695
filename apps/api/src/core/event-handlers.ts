import type { EventData, EventType } from '@sparkle/shared/events'
import type { SystemActor } from './actor.ts'
import type { Channel } from './listener.ts'

/** An event as its handlers get it: read from the numbered log, so it never changes between two attempts. */
export interface HandledEvent {
  organizationId: string
  seq: number
  id: string
  type: EventType
  at: string
  projectId: string | null
  actorId: string | null
  actorName: string | null
  data: EventData
}

export interface StepOptions {
  /** How often the step is tried in all before the job fails. Default 5. */
  attempts?: number
  /** The wait before the second try; it doubles with every further one. Default 1. */
  firstWaitSeconds?: number
  /** Answers false for a failure that another try cannot cure. */
  worthRetrying?: (error: unknown) => boolean
}

/** One durable run of a handler. A run that dies is taken over by another worker and goes on after its last step. */
export interface Job {
  /** 1 on the first run, 2 when another worker had to take over, and so on. */
  attempt: number
  /** Who the job's changes are made by. */
  actor: SystemActor
  log: JobLog
  /**
   * Does a piece of work and records its result: in a later attempt the recorded result is answered and the work is
   * not done again. A worker can die between the work and its record, so the work must bear being done twice.
   * Results land in the job engine's tables, which know no tenant: ids, digests and figures only, no names or contents.
   * Steps run one after another, with the same names in the same order in every attempt.
   */
  step<T>(name: string, work: () => Promise<T>, options?: StepOptions): Promise<T>
}

export interface JobLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Which of a worker's queues a handler runs in, so that a slow mail server never holds up a build. */
export const lanes = ['quick', 'heavy', 'mail'] as const
export type Lane = (typeof lanes)[number]

/**
 * What happens after an event has been committed. Every handler gets every event of its types at least once, as one
 * durable job with the event's id and the handler's name as its id; `Deps` is what the server hands to its jobs.
 */
export interface EventHandler<Deps> {
  /** Part of the job's id: once released it never changes. */
  name: string
  on: readonly EventType[]
  lane?: Lane
  run(deps: Deps, event: HandledEvent, job: Job): Promise<void>
}

/** Work that belongs to no studio, done by all workers at once: what it takes it has to lock. */
export interface Round<Deps> {
  name: string
  everySeconds: number
  /** Comes at once when this is notified. */
  on: Channel
  run(deps: Deps, log: JobLog): Promise<void>
}

/** Work that comes round for each studio, done by one worker at a time. It has to bear being done twice. */
export interface Sweep<Deps> {
  name: string
  everySeconds: number
  run(deps: Deps, actor: SystemActor): Promise<void>
}

/** Work on the installation as a whole, done by one worker at a time. It ends early when `signal` says so. */
export interface Chore<Deps> {
  name: string
  everySeconds: number
  run(deps: Deps, log: JobLog, signal: AbortSignal): Promise<void>
}
