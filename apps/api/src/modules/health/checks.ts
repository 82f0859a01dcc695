import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { healthView } from '@sparkle/shared/activity'
import type { Deps } from '../../plugins/types.ts'
import { listRoleFaults } from '../../db/system-role.ts'
import { probeIsolation } from '../../db/system-studios.ts'
import { auditPartitionsState } from '../../db/system-audit.ts'
import { outboxLag } from '../../db/system.ts'
import { countMigrations, fileFaultCounts, notifyProbe, operationStates, pingDatabase } from './health.queries.ts'

export type Health = z.infer<typeof healthView>
export type Check = Health['checks'][string]
type Status = Health['status']

const patienceMs = 3000
const laggingSeconds = 60
/** Backups come daily and drills weekly: one may fail before anybody is told. */
const staleHours = { backup: 49, drill: 15 * 24 }
const journal = new URL('../../../../../drizzle/meta/_journal.json', import.meta.url)
const knownMigrations = (JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }).entries.length

/** Replies say what is wrong in our own words: a driver's message may name hosts and users. */
interface Probe {
  /** What it means for the whole when this part fails. */
  severity: 'degraded' | 'down'
  /** Answers a remark where the part works but not as it should; throws where it does not work. */
  run(deps: Deps): Promise<{ status: Status; detail?: string } | undefined>
  /** How long an answer is good for; two seconds where left out. */
  freshMs?: number
}

function leak(detail: string): { status: Status; detail: string } {
  return { status: 'down', detail: detail.slice(0, 1000) }
}

export const probes = {
  database: { severity: 'down', run: ({ db }) => pingDatabase(db).then(() => undefined) },
  migrations: {
    severity: 'down',
    run: async ({ db }) => {
      const missing = knownMigrations - (await countMigrations(db))
      return missing > 0 ? { status: 'down', detail: `${missing} migrations have not run.` } : undefined
    },
  },
  outbox: {
    severity: 'degraded',
    run: async ({ db }) => {
      const { waiting, oldestSeconds } = await outboxLag(db)
      const detail = `${waiting} events are waiting, the oldest for ${oldestSeconds} s.`
      return { status: oldestSeconds > laggingSeconds ? 'degraded' : 'ok', detail }
    },
  },
  auditMonths: {
    severity: 'degraded',
    run: async ({ db }) => {
      const { monthsAhead, strays } = await auditPartitionsState(db)
      const detail = `${monthsAhead} of the next 3 months are made, ${strays} rows lie outside of any.`
      return { status: monthsAhead === 0 || strays > 0 ? 'degraded' : 'ok', detail }
    },
  },
  listener: {
    severity: 'degraded',
    run: ({ db, listener }) => {
      const word = `probe:${randomUUID()}`
      const heard = new Promise<void>((resolve) => {
        const stop = listener.on('sc_users', (payload) => {
          if (payload !== word) return
          stop()
          resolve()
        })
        setTimeout(stop, patienceMs).unref()
      })
      return notifyProbe(db, word)
        .then(() => heard)
        .then(() => undefined)
    },
  },
  role: {
    severity: 'down',
    run: async ({ db }) => {
      const faults = await listRoleFaults(db.$client)
      return faults.length > 0 ? leak(`The runtime role could see across studios: ${faults.join('; ')}.`) : undefined
    },
  },
  isolation: {
    severity: 'down',
    freshMs: 15_000,
    run: async ({ db }) => {
      const faults = await probeIsolation(db, randomUUID())
      const named = faults.map(({ relation, fault }) => `${relation} (${fault})`).join(', ')
      return faults.length > 0 ? leak(`Rows of other studios can be reached: ${named}.`) : undefined
    },
  },
  backup: {
    severity: 'degraded',
    run: async ({ db, config }) => {
      const { hours, states } = await operationStates(db)
      const say = (kind: 'backup' | 'drill') => {
        const { outcome, goodHoursAgo } = states.find((one) => one.kind === kind) ?? {}
        const last = outcome === 'passed' || !outcome ? '' : `, the last one ${outcome}`
        const age = goodHoursAgo ?? hours
        return {
          text: `${kind}: ${goodHoursAgo == null ? 'none yet' : `${goodHoursAgo} h ago`}${last}`,
          fine: outcome === 'impossible' || (outcome !== 'failed' && age <= staleHours[kind]),
        }
      }
      if (config.backup.keepDays === 0 && states.length === 0)
        return { status: 'ok', detail: 'off: BACKUP_KEEP_DAYS=0' }
      const [backup, drill] = [say('backup'), say('drill')]
      return { status: backup.fine && drill.fine ? 'ok' : 'degraded', detail: `${backup.text}; ${drill.text}.` }
    },
  },
  files: {
    severity: 'degraded',
    run: async ({ db }) => {
      const { missing, changed, orphaned } = await fileFaultCounts(db)
      const detail = `${missing} missing, ${changed} changed, ${orphaned} without a row.`
      return { status: missing + changed > 0 ? 'degraded' : 'ok', detail }
    },
  },
  cache: {
    severity: 'down',
    run: async ({ shared }) => {
      await shared.probe()
      return { status: 'ok', detail: shared.kind }
    },
  },
  storage: {
    severity: 'down',
    run: async ({ store }) => {
      await store.probe()
      return { status: 'ok', detail: store.kind }
    },
  },
  virusScan: {
    severity: 'degraded',
    run: async ({ scanner }) => {
      if (scanner.kind === 'off') return { status: 'ok', detail: 'off: uploads are not scanned; set CLAMAV_URL' }
      await scanner.probe()
      return { status: 'ok', detail: scanner.kind }
    },
  },
} as const satisfies Record<string, Probe>
export type ProbeName = keyof typeof probes

async function check({ severity, run }: Probe, deps: Deps): Promise<Check> {
  const began = performance.now()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('late')), patienceMs)
  try {
    const remark = await Promise.race([run(deps), late.promise])
    return { status: 'ok', ...remark, latencyMs: Math.round(performance.now() - began) }
  } catch (error) {
    const inTime = performance.now() - began < patienceMs
    return { status: severity, detail: inTime ? `Failed (${nameOf(error)}).` : `No answer within ${patienceMs} ms.` }
  } finally {
    clearTimeout(timer)
  }
}

/** The class or code of a fault, such as `ECONNREFUSED`: never its message. */
function nameOf(error: unknown): string {
  const { code, name } = (error instanceof Error ? (error.cause ?? error) : {}) as { code?: string; name?: string }
  return (code ?? name ?? 'unknown').slice(0, 60)
}

const freshMs = 2000

/** Runs probes at most every two seconds, however often they are asked for: health is public, and some of them write. */
export function createChecker(deps: Deps) {
  const latest = new Map<ProbeName, { at: number; result: Promise<Check> }>()

  function checkFresh(name: ProbeName): Promise<Check> {
    const known = latest.get(name)
    const probe: Probe = probes[name]
    if (known && performance.now() - known.at < (probe.freshMs ?? freshMs)) return known.result
    const result = check(probe, deps)
    latest.set(name, { at: performance.now(), result })
    return result
  }

  return async function healthOf(names: readonly ProbeName[]): Promise<Health> {
    const results = await Promise.all(names.map(checkFresh))
    const statuses = results.map((result) => result.status)
    const status = statuses.includes('down') ? 'down' : statuses.includes('degraded') ? 'degraded' : 'ok'
    return { status, checks: Object.fromEntries(names.map((name, i) => [name, results[i] as Check])) }
  }
}
